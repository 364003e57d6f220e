// Package torture holds tests only. They run the real program as a child
// process between the two sandboxes and do to it what operators fear: kill it
// at any moment, cut its connections, slow Audian down, have Slack refuse.
//
// What they hold it to: whatever Slack was told had arrived was either done,
// by Audian's own account, or its person was told otherwise; nothing is done
// twice; nobody is kicked who was not meant; acknowledgements stay quick
// whatever else is slow.
//
// They judge by counts and by ratios measured in the same run, never by the
// clock on the wall, and run one after the other, since each is a load.
//
// The short forms are part of the ordinary tests. CONFBOT_TORTURE=1 runs the
// long ones (500 kills, 1,000 refreshes, 200 live conferences, 1,000
// announcements in one second), which take most of an hour:
//
//	CONFBOT_TORTURE=1 go test ./torture -run TestKills -v -timeout 60m
//	go test ./torture -run '^$' -bench . -benchtime 1x
//
// A new kind of trouble is a new test file; the world and the people in it are
// in world_test.go and people_test.go, what one person's wish may come to in
// wish_test.go. Timetables are written by announce_world_test.go and judged by
// announce_judge_test.go; what a judge finds is shown with planted faults in
// the *_finds_test.go files.
package torture

package commands

import (
	"context"
	"strings"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// auditPage is how many rows /conf audit shows.
const auditPage = 20

func attendanceRow() row {
	return row{
		name: "attendance", args: "[CONF]", summary: "Shows who was on, from when to when", group: blocks.GroupBack,
		examples: []string{"attendance Standup"}, do: "see who was on", need: needConf, right: RightModerate, run: runAttendance,
	}
}

func runAttendance(d *Desk, ctx context.Context, c *call) (Reply, error) {
	data, err := d.attendance(ctx, c.standing, c.conf)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Private: ptr(blocks.Attendance(data))}, nil
}

func pressAttendance(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, s, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	data, err := d.attendance(ctx, s, c)
	if err != nil {
		return Reply{}, err
	}
	v := blocks.AttendanceView(data, blocks.Meta{Conference: c.ID, Channel: p.Channel, Thread: p.ThreadTS})
	return Reply{View: &v, Push: true}, nil
}

// attendance is the current run, or the last one there was.
func (d *Desk) attendance(ctx context.Context, s standing, c conference.Conference) (blocks.AttendanceData, error) {
	snap := d.live.Snapshot(c.ID)
	if !snap.Run.Live() {
		runs, err := d.records.RunsOf(ctx, c.ID, 1)
		if err != nil {
			return blocks.AttendanceData{}, err
		}
		if len(runs) > 0 {
			callers, err := d.records.Attendance(ctx, runs[0].ID)
			if err != nil {
				return blocks.AttendanceData{}, err
			}
			snap = live.Snapshot{Conference: c.ID, Run: runs[0].Run}
			snap.Run.Callers = callers
		}
	}
	l, err := d.lineOf(ctx, c, snap, 0)
	return blocks.AttendanceData{Line: l, Reader: d.reader(s), Now: d.now()}, err
}

func auditRow() row {
	return row{
		name: "audit", args: "[CONF]", summary: "Shows who did what with a conference", group: blocks.GroupBack,
		examples: []string{"audit Standup"}, do: "see who did what", need: needConf, right: RightDelete, run: runAudit,
	}
}

func runAudit(d *Desk, ctx context.Context, c *call) (Reply, error) {
	rows, err := d.records.AuditOf(ctx, c.conf.ID, "", auditPage+1)
	if err != nil {
		return Reply{}, err
	}
	data := blocks.AuditData{
		Line: blocks.Line{Conference: c.conf, Command: d.command}, Reader: d.reader(c.standing), More: len(rows) > auditPage, Now: d.now(),
	}
	for _, r := range rows[:min(len(rows), auditPage)] {
		target := r.Target
		if strings.HasPrefix(r.Action, "moderators.") {
			target = d.name(ctx, r.Target)
		}
		data.Rows = append(data.Rows, blocks.AuditRow{
			At: r.At, By: d.name(ctx, r.User), What: blocks.AuditWords(r.Action, target), Outcome: blocks.AuditOutcome(r.Outcome),
		})
	}
	return Reply{Private: ptr(blocks.Audit(data))}, nil
}

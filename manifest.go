package main

import (
	"context"
	_ "embed"
	"io"
	"os"
	"strings"
)

//go:embed manifest.yaml
var manifestYAML string

// manifest is the Slack app's manifest with the configured command's name.
func manifest(command string) string {
	return strings.Replace(manifestYAML, "- command: /conf\n", "- command: "+command+"\n", 1)
}

// runManifest prints it. It needs no other configuration, since an app has to
// exist before there are tokens.
func runManifest(_ context.Context, _ []string, out, _ io.Writer) error {
	command := strings.TrimSpace(os.Getenv("CONF_COMMAND"))
	if command == "" {
		command = "/conf"
	}
	if !commandName.MatchString(command) {
		return problems{{"CONF_COMMAND", commandFix}}
	}
	_, err := io.WriteString(out, manifest(command))
	return err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"confbot/api"
	"confbot/bot"
	"confbot/conference"
	"confbot/store"
)

// finding is one thing that the doctor looked at.
type finding struct {
	what string
	fine bool
	said string
}

// runDoctor checks everything that it can without changing anything, and says
// what to do about what is wrong.
func runDoctor(ctx context.Context, _ []string, out, _ io.Writer) error {
	cfg, err := loadConfig()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	findings := []finding{{"configuration", true, "complete"}}
	findings = append(findings, checkStorage(ctx, cfg), checkAudian(ctx, cfg))
	findings = append(findings, checkSlack(ctx, cfg)...)
	if len(cfg.DialIn) == 0 {
		findings = append(findings, finding{"dial-in numbers", false, "none. Set CONF_DIAL_IN, or cards have no phone number."})
	}
	bad := 0
	for _, f := range findings {
		sign := "ok  "
		if !f.fine {
			sign = "FIX "
			bad++
		}
		if _, err := fmt.Fprintf(out, "%s %-16s %s\n", sign, f.what, f.said); err != nil {
			return err
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d checks need something from you", bad, len(findings))
	}
	return nil
}

func checkStorage(ctx context.Context, cfg Config) finding {
	s, err := store.Open(ctx, cfg.DatabaseURL.reveal())
	switch {
	case errors.Is(err, store.ErrInUse):
		return finding{"database", true, "in use by a running confbot"}
	case err != nil:
		return finding{"database", false, err.Error()}
	}
	_ = s.Close()
	return finding{"database", true, storageName(cfg.DatabaseURL)}
}

func checkAudian(ctx context.Context, cfg Config) finding {
	client, err := api.New(cfg.AudianBaseURL, cfg.audianAuth())
	if err != nil {
		return finding{"Audian", false, err.Error()}
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	all, err := client.List(ctx)
	switch {
	case err == nil:
		return finding{"Audian", true, fmt.Sprintf("account %s, %d conferences", shortID(client.AccountID()), len(all))}
	case conference.ReasonOf(err) == conference.LoginRefused:
		return finding{"Audian", false, "does not accept the login. Check AUDIAN_API_KEY, or that AUDIAN_ACCOUNT_ID belongs to the token."}
	}
	return finding{"Audian", false, "does not answer at AUDIAN_BASE_URL. Is port 8443 open to the outside? " + err.Error()}
}

func checkSlack(ctx context.Context, cfg Config) []finding {
	o := bot.Options{
		AppToken: cfg.SlackAppToken.reveal(), BotToken: cfg.SlackBotToken.reveal(), APIURL: cfg.SlackAPIURL, Log: slog.New(slog.DiscardHandler),
	}
	reports := bot.Examine(ctx, o)
	if cfg.OpsChannel != "" {
		r := bot.ExamineChannel(ctx, o, cfg.OpsChannel)
		r.What = "CONF_OPS_CHANNEL"
		reports = append(reports, r)
	}
	out := make([]finding, 0, len(reports))
	for _, r := range reports {
		out = append(out, finding{r.What, r.Fine, r.Said})
	}
	return out
}

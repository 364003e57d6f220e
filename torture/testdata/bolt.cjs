// The same for Bolt as the echo is for slack-go: it acknowledges a command and
// answers it privately, and that is all.
const { App, LogLevel } = require('@slack/bolt');

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

app.command('/conf', async ({ command, ack, respond }) => {
  await ack();
  await respond(`Nobody on the line fits ${command.text}.`);
});

app.start();

// A small Bolt app as somebody would write it against the real Slack; only the address comes from outside. It prints one
// line when it is connected and ends when its standard input closes.
import { createRequire } from 'node:module';

const { App, LogLevel } = createRequire(import.meta.url)('@slack/bolt');

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

const plain = (text) => ({ type: 'plain_text', text });

const form = {
  type: 'modal',
  callback_id: 'ask',
  title: plain('A form'),
  submit: plain('Send'),
  blocks: [{ type: 'input', block_id: 'name', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'value' } }],
};

app.command('/conf', async ({ command, ack, say, respond, client }) => {
  await ack();
  if (command.text === 'form') {
    await client.views.open({ trigger_id: command.trigger_id, view: form });
    return;
  }
  await respond('Only you can read this.');
  await say({
    text: `Vote on ${command.text}`,
    blocks: [{ type: 'actions', block_id: 'votes', elements: [{ type: 'button', action_id: 'vote', text: plain('Vote') }] }],
  });
});

app.action('vote', async ({ ack, body, client }) => {
  await ack();
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: 'Thanks for voting.', blocks: [] });
});

app.view('ask', async ({ ack, view, body, client }) => {
  if (view.state.values.name.value.value === 'bad') {
    await ack({ response_action: 'errors', errors: { name: 'That name is taken.' } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: 'Got it.' });
});

app.event('app_home_opened', async ({ event, client }) => {
  if (event.tab !== 'home') return;
  await client.views.publish({
    user_id: event.user,
    view: { type: 'home', blocks: [{ type: 'header', text: plain('At home') }] },
  });
});

app.error(async (error) => {
  console.error(error);
  process.exitCode = 1;
});

await app.start();
console.log('connected');
process.stdin.resume();
process.stdin.on('end', async () => {
  await app.stop();
  process.exit();
});

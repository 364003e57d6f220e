// Times as one reader sees them: everything here takes the reader's zone.

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, build(zone, options));
  return formats.get(key);
}

function build(zone, options) {
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

/** The fields of an instant on the wall of that zone. */
export function wall(seconds, zone) {
  const fields = {};
  const options = {
    hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
    hour: 'numeric', minute: 'numeric', second: 'numeric', weekday: 'short',
  };
  for (const { type, value } of format(zone, options).formatToParts(seconds * 1000)) {
    fields[type] = type === 'weekday' ? value : Number(value);
  }
  return fields;
}

const two = (n) => String(n).padStart(2, '0');

/** People in the Americas read 9:30 AM, everybody else here reads 09:30. */
export function clock(seconds, zone, withSeconds = false) {
  const w = wall(seconds, zone);
  const tail = `:${two(w.minute)}${withSeconds ? `:${two(w.second)}` : ''}`;
  if (!zone.startsWith('America/')) return two(w.hour) + tail;
  return `${w.hour % 12 || 12}${tail} ${w.hour < 12 ? 'AM' : 'PM'}`;
}

/** A day as a number that can be compared: 20261123. */
export function dayNumber(seconds, zone) {
  const w = wall(seconds, zone);
  return w.year * 10000 + w.month * 100 + w.day;
}

function ordinal(day) {
  if (day >= 11 && day <= 13) return `${day}th`;
  return `${day}${{ 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th'}`;
}

const DAY = 86400;

function relativeDay(seconds, zone, now) {
  const day = dayNumber(seconds, zone);
  if (day === dayNumber(now, zone)) return 'Today';
  if (day === dayNumber(now - DAY, zone)) return 'Yesterday';
  if (day === dayNumber(now + DAY, zone)) return 'Tomorrow';
  return null;
}

function written(seconds, zone, now, month, weekday) {
  const w = wall(seconds, zone);
  const name = format(zone, { month }).format(seconds * 1000);
  const day = month === 'long' ? ordinal(w.day) : String(w.day);
  const farAway = Math.abs(seconds - now) > 183 * DAY;
  const date = `${name} ${day}${farAway ? `, ${w.year}` : ''}`;
  return weekday ? `${format(zone, { weekday: 'long' }).format(seconds * 1000)}, ${date}` : date;
}

function ago(seconds, now) {
  const delta = Math.round(now - seconds);
  const size = Math.abs(delta);
  const [count, unit] = size < 60 ? [size, 'second'] : size < 3600 ? [Math.floor(size / 60), 'minute']
    : size < DAY ? [Math.floor(size / 3600), 'hour'] : [Math.floor(size / DAY), 'day'];
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return delta >= 0 ? `${words} ago` : `in ${words}`;
}

const tokens = {
  date_num: (s, z) => { const w = wall(s, z); return `${w.year}-${two(w.month)}-${two(w.day)}`; },
  date_slash: (s, z) => { const w = wall(s, z); return `${two(w.month)}/${two(w.day)}/${w.year}`; },
  date: (s, z, n) => written(s, z, n, 'long', false),
  date_short: (s, z, n) => written(s, z, n, 'short', false),
  date_long: (s, z, n) => written(s, z, n, 'long', true),
  date_pretty: (s, z, n) => relativeDay(s, z, n) ?? written(s, z, n, 'long', false),
  date_short_pretty: (s, z, n) => relativeDay(s, z, n) ?? written(s, z, n, 'short', false),
  date_long_pretty: (s, z, n) => relativeDay(s, z, n) ?? written(s, z, n, 'long', true),
  day_divider_pretty: (s, z, n) => relativeDay(s, z, n) ?? written(s, z, n, 'long', true),
  date_long_full: (s, z, n) => written(s, z, n, 'long', true),
  time: (s, z) => clock(s, z),
  time_secs: (s, z) => clock(s, z, true),
  ago: (s, z, n) => ago(s, n),
};

/**
 * A date token's format, filled in: "{date_short} at {time}". Returns null if a
 * name in braces is unknown, and then the fallback is to be shown.
 * Source: docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function fillDate(seconds, pattern, zone, now) {
  let known = Number.isFinite(seconds);
  const text = pattern.replace(/\{([a-z_]+)\}/g, (_, name) => {
    if (!tokens[name]) known = false;
    return known ? tokens[name](seconds, zone, now) : '';
  });
  if (!known) return null;
  return text.replace(/(?<=[a-z] )(Today|Yesterday|Tomorrow)\b/g, (day) => day.toLowerCase());
}

/** The heading between two days of messages. */
export const dayHeading = (seconds, zone, now) => tokens.day_divider_pretty(seconds, zone, now);

/** "2026-11-23T09:30" on a wall in that zone, as Unix seconds. */
export function fromWall(text, zone) {
  const target = Date.parse(`${text}:00Z`.replace(/(:\d\d:\d\d):00Z$/, '$1Z')) / 1000;
  let guess = target;
  for (let round = 0; round < 2; round += 1) {
    const w = wall(guess, zone);
    guess += target - Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second) / 1000;
  }
  return guess;
}

/** The other way round, for an input of type datetime-local. */
export function toWall(seconds, zone) {
  const w = wall(seconds, zone);
  return `${w.year}-${two(w.month)}-${two(w.day)}T${two(w.hour)}:${two(w.minute)}`;
}

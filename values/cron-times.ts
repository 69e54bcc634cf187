import { cronFields, whyNoSchedule } from "./cron.ts";

/** 2028 is a leap year; four years hold every day of the week at every date of its February. */
const FIRST_DAY = Date.UTC(2027, 0, 1);
const DAYS = 4 * 365 + 1;
const DAY = 86_400;
/** Runs are counted within at most this time; one that lasts longer overlaps in proportion. */
const LONGEST = 31 * DAY;
/** How many dates, months and days of the week there are. */
const ALL = [31, 12, 7];

/**
 * How many runs of a schedule go on at once at most, where each lasts `seconds`: those that start within that time. 1 where it is
 * no schedule of unix-cron.
 */
export function runsAtOnce(schedule: string, seconds: number): number {
  const known = seconds > 0 ? readSchedule(schedule) : undefined;
  if (known === undefined) return 1;
  const { isDaily, isDue, times } = known;
  const within = Math.min(seconds, LONGEST);
  const span = Math.ceil(within / DAY) + 1;
  const patterns = isDaily ? ["1".repeat(span)] : patternsOf(span, isDue);
  const most = Math.max(1, ...[...patterns].map((pattern) => mostWithin(startsOf(pattern, times), within)));
  return seconds <= LONGEST ? most : Math.ceil((most * seconds) / LONGEST);
}

/** Seconds between two starts of a schedule at most; undefined where it is no schedule of unix-cron, or starts once in years. */
export function longestPause(schedule: string): number | undefined {
  const known = readSchedule(schedule);
  if (known === undefined) return undefined;
  const { isDaily, isDue, times } = known;
  const [first, last] = [times[0], times.at(-1)];
  const days = isDaily ? [0, 1] : dueDays(isDue);
  if (first === undefined || last === undefined || days.length < 2) return undefined;
  return Math.max(longestGap(times), longestGap(days) * DAY - last + first);
}

/** Whether a schedule of unix-cron is due on no day of any year, as "0 3 30 2 *" is; false where it is no schedule. */
export function isNeverDue(schedule: string): boolean {
  const known = readSchedule(schedule);
  return known !== undefined && !known.isDaily && dueDays(known.isDue).length === 0;
}

function longestGap(numbers: readonly number[]): number {
  return numbers.slice(1).reduce((most, number, index) => Math.max(most, number - (numbers[index] ?? 0)), 0);
}

interface Schedule {
  /** Most schedules are due every day: all days are alike then. */
  readonly isDaily: boolean;
  readonly isDue: (day: Date) => boolean;
  /** Seconds of a day on which it is due. */
  readonly times: readonly number[];
}

function readSchedule(schedule: string): Schedule | undefined {
  if (!/^[\d*]/.test(schedule) || whyNoSchedule(schedule) !== undefined) return undefined;
  const [minutes = [], hours = [], dates = [], months = [], weekdays = []] = schedule
    .split(/\s+/)
    .map((field, index) => numbers(field, index));
  const [, , date = "*", , weekday = "*"] = schedule.split(/\s+/);
  return {
    isDaily: [dates, months, weekdays].every((due, index) => due.length === ALL[index]),
    times: hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * 60)),
    isDue: (day) => {
      const onDate = dates.includes(day.getUTCDate());
      const onWeekday = weekdays.includes(day.getUTCDay());
      // Where both are restricted, either will do.
      const isDay =
        date.startsWith("*") || weekday.startsWith("*") ? onDate && onWeekday : onDate || onWeekday;
      return isDay && months.includes(day.getUTCMonth() + 1);
    },
  };
}

/** The days of four years on which it is due. */
function dueDays(isDue: Schedule["isDue"]): number[] {
  return Array.from({ length: DAYS }, (_, day) => day).filter((day) =>
    isDue(new Date(FIRST_DAY + day * DAY * 1000)),
  );
}

/** Which days in a row are due ("110"), each pattern that occurs once. */
function patternsOf(span: number, isDue: Schedule["isDue"]): ReadonlySet<string> {
  const due = Array.from({ length: DAYS }, (_, day) =>
    isDue(new Date(FIRST_DAY + day * DAY * 1000)) ? "1" : "0",
  ).join("");
  return new Set(Array.from({ length: DAYS }, (_, day) => due.slice(day, day + span)));
}

/** Seconds of every start in days of which each is due ("1") or not. */
function startsOf(days: string, times: readonly number[]): number[] {
  return [...days].flatMap((due, day) => (due === "1" ? times.map((time) => day * DAY + time) : []));
}

/** The most starts in any window of this length; one at its end has no overlap with the first. */
function mostWithin(starts: readonly number[], length: number): number {
  let most = 0;
  let first = 0;
  for (const [index, start] of starts.entries()) {
    while (start - (starts[first] ?? start) >= length) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** The numbers of a field in ascending order; Sunday is 0. */
function numbers(field: string, index: number): number[] {
  const [, low = 0, high = 0, names = ""] = cronFields[index] ?? [];
  const named = names.split("|");
  const value = (text: string): number =>
    /^\d+$/.test(text) ? Number(text) : named.indexOf(text.toLowerCase()) + low;
  const found = field.split(",").flatMap((part) => {
    const [range = "*", step] = part.split("/");
    const [from = "*", to] = range.split("-");
    const first = from === "*" ? low : value(from);
    const last = to !== undefined ? value(to) : from === "*" || step !== undefined ? high : first;
    const by = Number(step ?? 1);
    return Array.from(
      { length: Math.max(0, Math.floor((last - first) / by) + 1) },
      (_, at) => first + at * by,
    );
  });
  const whole = index === 4 ? found.map((day) => day % 7) : found;
  return [...new Set(whole)].sort((a, b) => a - b);
}

import type { FakeService } from "./cloud-run.ts";
import type { FakeJobs } from "./jobs.ts";

/** Users of a service, and how late their numbers are. */
export interface Users {
  perSecond: number;
  /** Milliseconds until a minute can be read. */
  lag: number;
  /** WebSockets that open each minute and last for the rest of the hour. */
  socketsPerMinute: number;
}

const MINUTE = 60_000;
/** Milliseconds, as upper bounds of buckets. */
const BOUNDS = [10, 100, 500, 1000, 2000, 5000];

/** Answers to one question for time series of one revision; whole minutes only, the late ones left out. */
export function timeSeries(
  query: URLSearchParams,
  service: FakeService | undefined,
  jobs: FakeJobs,
  users: Users,
  now: number,
): object {
  const filter = query.get("filter") ?? "";
  const revision = /revision_name="([^"]+)"/.exec(filter)?.[1] ?? "";
  const isCount = filter.includes("request_count");
  const [start, end] = ["interval.startTime", "interval.endTime"].map((key) =>
    Date.parse(query.get(key) ?? ""),
  );
  if (filter.includes("max_request_concurrencies")) return openSockets(service, revision, users, now);
  const points: Record<string, object[]> = { "200": [], "503": [], "101": [] };
  for (let from = start ?? 0; from + MINUTE <= Math.min(end ?? 0, now - users.lag); from += MINUTE) {
    const to = from + MINUTE;
    const percent = service?.shares(from).get(revision) ?? 0;
    const total = Math.round((users.perSecond * 60 * percent) / 100) + jobs.requestsTo(revision, from, to);
    const behaviour = service?.behaviour(revision);
    const errors = Math.round(total * (behaviour?.errors?.(percent, from) ?? 0));
    const slow = Math.round((total - errors) * (behaviour?.slow?.(percent, from) ?? 0));
    const sockets = percent > 0 ? users.socketsPerMinute : 0;
    const add = (code: string, count: number, late: number): void => {
      if (count === 0) return;
      const value = isCount
        ? { int64Value: String(count) }
        : {
            distributionValue: {
              count: String(count),
              bucketOptions: { explicitBuckets: { bounds: BOUNDS } },
              bucketCounts: ["0", String(count - late), "0", "0", "0", "0", String(late)],
            },
          };
      const interval = { startTime: new Date(from).toISOString(), endTime: new Date(to).toISOString() };
      // The newest point comes first.
      points[code]?.unshift({ interval, value });
    };
    add("200", total - errors, slow);
    add("503", errors, 0);
    add("101", sockets, sockets);
  }
  return {
    timeSeries: Object.entries(points).flatMap(([code, found]) =>
      found.length === 0 ? [] : [{ metric: { labels: { response_code: code } }, points: found }],
    ),
  };
}

/** WebSockets that opened in the last hour, where the traffic was then, in the newest minute that can be read. */
function openSockets(service: FakeService | undefined, revision: string, users: Users, now: number): object {
  const end = Math.floor((now - users.lag) / MINUTE) * MINUTE;
  let open = 0;
  for (let minute = end - 60 * MINUTE; minute < end; minute += MINUTE)
    if ((service?.shares(minute).get(revision) ?? 0) > 0) open += users.socketsPerMinute;
  const interval = { startTime: new Date(end - MINUTE).toISOString(), endTime: new Date(end).toISOString() };
  const points = [{ interval, value: { distributionValue: { count: "2", mean: open / 2 } } }];
  return { timeSeries: open === 0 ? [] : [{ points }] };
}

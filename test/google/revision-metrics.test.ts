import { afterEach, expect, test } from "@jest/globals";
import { googleApi } from "../../google/api.ts";
import { revisionMetrics } from "../../google/revision-metrics.ts";
import { startGoogleApis } from "../support/servers/google-apis.ts";
import type { Listening } from "../support/servers/https.ts";

const running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const MINUTE = 60_000;
const at = (minute: number): string => new Date(minute * MINUTE).toISOString();
const point = (minute: number, value: object) => ({
  interval: { startTime: at(minute - 1), endTime: at(minute) },
  value,
});

/** Answers of the two metrics, by page. */
async function ask(counts: object[], latencies: object[], since = 0, now = 10 * MINUTE) {
  const server = await startGoogleApis(({ url }) => {
    const series = url.searchParams.get("filter")?.includes("request_count") ? counts : latencies;
    const page = Number(url.searchParams.get("pageToken") ?? 0);
    const more = page + 1 < series.length ? { nextPageToken: String(page + 1) } : {};
    return { status: 200, body: { timeSeries: series.slice(page, page + 1), ...more } };
  });
  running.push(server);
  const api = googleApi({ get: async () => "token", remedy: "" }, async () => {});
  const place = {
    get: (url: string, signal: AbortSignal) => api.call({ method: "GET", url }, signal),
    monitoring: server.endpoint,
    project: "p",
  };
  const query = { service: "api", revision: "api-2", since, now, slow: 2000 };
  return { metrics: await revisionMetrics(place, query, new AbortController().signal), asked: server.asked };
}

const counted = (code: string, ...points: object[]) => ({
  metric: { labels: { response_code: code } },
  points,
});

test("answers are counted over all pages; WebSockets are kept apart", async () => {
  const { metrics } = await ask(
    [
      counted("200", point(5, { int64Value: "40" }), point(4, { int64Value: "60" })),
      counted("503", point(5, { int64Value: "3" })),
      counted("404", point(5, { int64Value: "7" })),
      counted("101", point(6, { int64Value: "1000" })),
    ],
    [],
  );
  expect(metrics).toMatchObject({ requests: 110, errors: 3, webSockets: 1000, until: 6 * MINUTE });
});

test("a histogram tells how many answers may be slow, and how many certainly are", async () => {
  const distributionValue = {
    count: "100",
    bucketOptions: { explicitBuckets: { bounds: [1000, 1500, 3000] } },
    // Below 1 s, to 1.5 s, to 3 s, above.
    bucketCounts: ["80", "10", "6", "4"],
  };
  const long = { ...distributionValue, bucketCounts: ["0", "0", "0", "100"] };
  const { metrics } = await ask(
    [],
    [counted("200", point(3, { distributionValue })), counted("101", point(3, { distributionValue: long }))],
  );
  expect(metrics).toMatchObject({ timed: 100, slowAtMost: 10, slowAtLeast: 4 });
});

test("exponential buckets, as Cloud Run writes them, are understood; trailing zeros are left out", async () => {
  const distributionValue = {
    count: "12",
    bucketOptions: { exponentialBuckets: { numFiniteBuckets: 20, growthFactor: 2, scale: 1 } },
    // Bucket 11 is 1,024 to 2,048 ms, bucket 12 is 2,048 to 4,096 ms.
    bucketCounts: ["0", "5", "0", "0", "0", "0", "0", "0", "0", "0", "0", "4", "3"],
  };
  const { metrics } = await ask([], [counted("200", point(3, { distributionValue }))]);
  expect(metrics).toMatchObject({ timed: 12, slowAtMost: 7, slowAtLeast: 3 });
});

test("a distribution without buckets could be slow as a whole", async () => {
  const { metrics } = await ask([], [counted("200", point(3, { distributionValue: { count: "9" } }))]);
  expect(metrics).toMatchObject({ timed: 9, slowAtMost: 9, slowAtLeast: 0 });
});

test("only whole minutes inside of the window are asked for, and sums, never percentiles of percentiles", async () => {
  const { asked } = await ask([], [], 90_000, 299_000);
  const { searchParams } = asked[0]?.url ?? new URL("http://x");
  expect(Object.fromEntries(searchParams)).toMatchObject({
    "interval.startTime": at(2),
    "interval.endTime": at(4),
    "aggregation.alignmentPeriod": "60s",
    "aggregation.perSeriesAligner": "ALIGN_DELTA",
    "aggregation.crossSeriesReducer": "REDUCE_SUM",
  });
  expect(searchParams.get("filter")).toContain('resource.labels.revision_name="api-2"');
});

test("a window without a whole minute is not asked for, and nothing is known of it", async () => {
  const { metrics, asked } = await ask([], [], 90_000, 119_000);
  expect(asked).toEqual([]);
  expect(metrics).toMatchObject({ requests: 0, until: undefined });
});

import { describe, expect, test } from "@jest/globals";
import { lowerBound, upperBound } from "../../rollout/soak/bounds.ts";
import {
  answersNeeded,
  type Metrics,
  type Objectives,
  type Samples,
  type Side,
  type Signals,
} from "../../rollout/soak/signals.ts";
import { judge } from "../../rollout/soak/verdict.ts";

const END = 1_000_000;
const OBJECTIVES: Objectives = { errors: 0.01, slow: 0.05, limit: 2, outage: 5, sockets: 0 };

const probes = (change: Partial<Samples> = {}): Samples => ({
  requests: 400,
  failures: 0,
  slow: 0,
  failedFor: 0,
  sockets: 0,
  socketFailures: 0,
  until: END,
  ...change,
});

const metrics = (change: Partial<Metrics> = {}): Metrics => ({
  requests: 1000,
  errors: 0,
  timed: 1000,
  slowAtMost: 0,
  slowAtLeast: 0,
  webSockets: 0,
  until: END,
  ...change,
});

const side = (change: Partial<Side> = {}): Side => ({
  probes: probes(),
  among: change.probes ?? probes(),
  metrics: metrics(),
  ...change,
});

const verdict = (candidate: Side, more: Partial<Signals> = {}, objectives = OBJECTIVES) =>
  judge({ candidate, stable: side(), balancer: null, consumers: [], ...more }, objectives, END);

describe("bounds", () => {
  test("no bad answer of 299 bounds 1 %, none of 59 bounds 5 %, and one fewer does not", () => {
    expect(upperBound(0, 299)).toBeLessThanOrEqual(0.01);
    expect(upperBound(0, 298)).toBeGreaterThan(0.01);
    expect(upperBound(0, 59)).toBeLessThanOrEqual(0.05);
    expect(upperBound(0, 58)).toBeGreaterThan(0.05);
    expect([answersNeeded(0.01), answersNeeded(0.05), answersNeeded(0.001)]).toEqual([299, 59, 2995]);
  });

  test("both bounds are those of the tables of Clopper and Pearson", () => {
    // Two-sided 90 % limits of 5 in 100.
    expect(lowerBound(5, 100)).toBeCloseTo(0.0199, 3);
    expect(upperBound(5, 100)).toBeCloseTo(0.1023, 3);
  });

  test("nothing seen bounds nothing", () => {
    expect([lowerBound(0, 0), upperBound(0, 0)]).toEqual([0, 1]);
    expect([lowerBound(7, 7) > 0.6, upperBound(7, 7)]).toEqual([true, 1]);
  });

  test("a million answers are no warning", () => {
    expect(lowerBound(20_000, 1_000_000)).toBeGreaterThan(0.0197);
    expect(upperBound(20_000, 1_000_000)).toBeLessThan(0.0203);
  });
});

describe("a pass", () => {
  test("needs both signals, of the whole window, with enough answers", () => {
    expect(verdict(side())).toMatchObject({
      verdict: "pass",
      why: "candidate: 400 own probes, 0 errors, 0 slower than 2 s; 1000 requests, 0 errors, 0 slower; stable: 400 own probes, 0 errors, 0 slower than 2 s; 1000 requests, 0 errors, 0 slower",
    });
  });

  test("is not said by silence, whatever kind of it", () => {
    const silent = { silent: "HTTP 503" };
    const none = metrics({ requests: 0, timed: 0, until: undefined });
    for (const candidate of [
      side({ metrics: silent }),
      side({ probes: silent }),
      side({ metrics: none }),
      side({ probes: probes({ requests: 0, until: null }) }),
      side({ metrics: metrics({ until: END - 240_000 }) }),
      side({ probes: probes({ requests: 298 }) }),
      side({ metrics: metrics({ requests: 298 }) }),
      side({ metrics: metrics({ timed: 58 }) }),
    ])
      expect(verdict(candidate).verdict).toBe("inconclusive");
    expect(verdict(side(), { balancer: silent }).verdict).toBe("inconclusive");
  });

  test("says how much of the window is missing", () => {
    expect(verdict(side({ metrics: metrics({ until: END - 240_000 }) })).why).toBe(
      "Cloud Monitoring: 240 s of the window are missing",
    );
  });

  test("is not hindered by long WebSockets, which are counted apart", () => {
    expect(verdict(side({ metrics: metrics({ webSockets: 5000 }) })).verdict).toBe("pass");
  });

  test("needs WebSockets where the service has them", () => {
    const wanted = { ...OBJECTIVES, sockets: 10 };
    expect(verdict(side(), {}, wanted)).toEqual({
      verdict: "inconclusive",
      why: "0 WebSockets opened of 10",
    });
    expect(verdict(side({ probes: probes({ sockets: 10 }) }), {}, wanted).verdict).toBe("pass");
  });

  test("is not said where a histogram's bucket around the limit could be slow", () => {
    const unsure = metrics({ slowAtMost: 60, slowAtLeast: 20 });
    expect(verdict(side({ metrics: unsure, probes: probes({ requests: 300 }) })).verdict).toBe(
      "inconclusive",
    );
  });
});

describe("a breach", () => {
  test("of errors or latency is said by either signal alone, with its numbers", () => {
    expect(verdict(side({ metrics: metrics({ errors: 30 }) }))).toEqual({
      verdict: "breach",
      why: "requests to the candidate: 30 errors of 1000, allowed is 1 %; users of the candidate: 30 errors of 600, allowed is 1 %",
    });
    expect(verdict(side({ probes: probes({ slow: 60 }), metrics: { silent: "late" } }))).toEqual({
      verdict: "breach",
      why: "own probes of the candidate: 60 slower than 2 s of 400, allowed is 5 %",
    });
  });

  test("does not wait for enough answers where none came for seconds", () => {
    const dead = probes({ requests: 5, failures: 5, failedFor: 5 });
    expect(verdict(side({ probes: dead, metrics: { silent: "late" } })).verdict).toBe("breach");
  });

  test("is not called for one error among few", () => {
    const one = side({ probes: probes({ requests: 20, failures: 1 }), metrics: { silent: "late" } });
    expect(verdict(one).verdict).toBe("inconclusive");
  });

  test("of users is seen among many quick probes", () => {
    // 50 users, 30 of them slow, among 950 probes: 3 % of all.
    const candidate = side({
      probes: probes({ requests: 950 }),
      metrics: metrics({ slowAtMost: 30, slowAtLeast: 30 }),
    });
    expect(verdict(candidate).why).toBe("users of the candidate: 30 slower than 2 s of 50, allowed is 5 %");
  });

  test("of WebSockets through the load balancer counts although the tag URL is fine", () => {
    const wanted = { ...OBJECTIVES, sockets: 10 };
    const balancer = probes({ sockets: 4, socketFailures: 16 });
    const candidate = side({ probes: probes({ sockets: 20 }) });
    expect(verdict(candidate, { balancer }, wanted)).toEqual({
      verdict: "breach",
      why: "own probes through the load balancer: 16 broken WebSockets of 20, allowed is 5 %",
    });
  });

  test("of a consumer counts whatever the service itself answers", () => {
    const why = "backend, which calls it, fails: auth is down";
    expect(verdict(side(), { consumers: [why] })).toEqual({ verdict: "breach", why });
  });

  test("is none where stable is just as bad: the cause is elsewhere", () => {
    const bad = side({ metrics: metrics({ errors: 100 }) });
    expect(verdict(bad, { stable: bad })).toMatchObject({
      verdict: "inconclusive",
      why: expect.stringMatching(/the cause is elsewhere$/),
    });
    expect(verdict(bad, { stable: null }).verdict).toBe("breach");
  });
});

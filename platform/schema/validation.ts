import { z } from "zod";
import { minutes, seconds } from "../units.ts";
import { choice, count, duration, flag, fraction, text, texts } from "./leaf.ts";
import { hostName } from "./names.ts";
import { section } from "./section.ts";

/** A path, a query and placeholders: "/chat?thread={{thread}}". */
const address = text({
  pattern: /^\/[A-Za-z0-9\-._~/?&=%{}]*$/,
  allowed: "a path that starts with /, with a query and {{placeholders}} if needed",
  fix: 'write for example "/health"',
  placeholder: "/",
});

const anyText = (example: string) =>
  text({ pattern: /^[^\0]+$/, allowed: "a text that is not empty", fix: `write for example ${example}` });

const event = text({
  pattern: /^[A-Za-z0-9_.:-]{1,100}$/,
  allowed: "the name of an event, of letters, digits and _ . : -",
  fix: 'write for example "agent_started"',
});

const headers = texts({
  what: "headers, each a text by its name",
  key: /^[A-Za-z0-9-]+$/,
  value: /^[^\r\n]*$/,
  fix: 'write for example { authorization: "Bearer {{VALIDATION_TOKEN}}" }',
});

const endpoint = section({
  /** Host at the load balancer. */
  host: hostName("api.example.com"),
  path: address.default("/health"),
});

const step = section({
  /** Name for users: "frontend", "sign in". */
  name: text({
    pattern: /^[a-z0-9][a-z0-9 -]{0,39}$/,
    allowed: "a name of 1 to 40 lower-case letters, digits, spaces and hyphens",
    fix: 'write for example "sign in"',
  }),
  /** @default "GET" */
  method: choice(["GET", "POST", "PUT", "DELETE"]).default("GET"),
  host: hostName("app.example.com"),
  path: address,
  /** @default none */
  headers: headers.default({}),
  /** Request body; JSON is sent as application/json. @default none */
  body: anyText('\'{"text":"hello"}\'').optional(),
  /** Expected status. @default 200 */
  status: count({ from: 100, to: 599, isName: true }).default(200),
  /** Text that the response must contain. @default any response */
  contains: anyText('"Welcome"').optional(),
  /** Values of the JSON response for later steps, by placeholder: { token: "session.access_token" }. @default none */
  keep: texts({
    what: "paths into the JSON answer by the name of the placeholder",
    key: /^[a-z][A-Za-z0-9]*$/,
    value: /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$/,
    fix: 'write for example { token: "access_token" }',
  }).default({}),
});

/** Checks of `npm run validate` after a deployment, in addition to those that follow from other sections. */
export const validation = section({
  /** Endpoints that must return 200. `/health/infrastructure` of each service follows from its exposure. @default /health of every host */
  endpoints: z.array(endpoint).optional(),
  /** Timeout of one response. @default 10 s */
  answerWithin: duration({ from: 1, to: 60 }).default(seconds(10)),
  /** Requests to each endpoint; objectives.latency bounds their 95th percentile. @default 20 */
  requests: count({ from: 1, to: 200, unit: "requests" }).default(20),
  /** Days that a certificate must still be valid. @default 14 */
  certificateDays: count({ from: 1, to: 90, unit: "days" }).default(14),
  /** Look-back for start-up metrics. @default 1 hour */
  startupLookback: duration({ from: 600, to: 86400 }).default(minutes(60)),
  /** Environment variables with credentials of a test user, usable as {{NAME}}; never printed. @default none */
  credentials: z
    .array(
      text({
        pattern: /^[A-Z][A-Z0-9_]*$/,
        allowed: "the name of an environment variable",
        fix: 'write for example "VALIDATION_TOKEN"',
      }),
    )
    .default([]),
  /** Requests of a user, in this order. @default none */
  goldenPath: z.array(step).default([]),
  /** A WebSocket after the golden path, and the events that it must deliver in this order. @default none */
  webSocket: section({
    host: hostName("app.example.com"),
    path: address.default("/ws"),
    /** @default none */
    headers: headers.default({}),
    /** Message that starts the events. @default none */
    send: anyText('\'{"type":"ping"}\'').optional(),
    /** Field of each JSON message that holds the event's name. @default "type" */
    eventField: text({
      pattern: /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$/,
      allowed: "a field, or a path of fields with dots",
      fix: 'write for example "type"',
    }).default("type"),
    /** @default the upgrade alone is checked */
    events: z.array(event).default([]),
    /** Time within which all events must arrive. @default 60 s */
    within: duration({ from: 1, to: 600 }).default(seconds(60)),
  }).optional(),
  /** Share of the checks that must pass, in addition to every critical category. @default 0.8 */
  passShare: fraction({ from: 0.5, to: 1, unit: "of checks" }).default(0.8),
  /** Whether the preflight job runs as part of it. @default true */
  preflight: flag().default(true),
  watch: section({
    /** Duration of the watch. @default 30 minutes */
    duration: duration({ from: 60, to: 86400 }).default(minutes(30)),
    /** Between two rounds. @default 60 s */
    period: duration({ from: 10, to: 3600 }).default(seconds(60)),
  }).default({ duration: minutes(30), period: seconds(60) }),
});

/** Names of the placeholders in a text: "Bearer {{TOKEN}}" has TOKEN. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{([A-Za-z0-9_]+)\}\}/g)].map(([, name]) => name ?? "");
}

import { parseRange } from "../../../values/ranges.ts";
import type { Attributes } from "../../attributes.ts";
import { anything, type Constraint, conflict, custom, forbidden, required } from "../../constraints/index.ts";

const RATE_DOC = "https://docs.cloud.google.com/armor/docs/rate-limiting-overview";
const LANGUAGE_DOC = "https://docs.cloud.google.com/armor/docs/rules-language-reference";

/** The lowest priority there is, that of the rule that matches everything. */
const DEFAULT_PRIORITY = 2147483647;

/** What the rules language knows of a request. https://docs.cloud.google.com/armor/docs/rules-language-reference#attributes */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  origin: ["ip", "user_ip", "region_code", "asn", "tls_ja3_fingerprint", "tls_ja4_fingerprint"],
  request: ["headers", "method", "path", "scheme", "query"],
};

/** What requests are counted by. */
const KEYS = [
  "ALL",
  "IP",
  "HTTP_HEADER",
  "XFF_IP",
  "HTTP_COOKIE",
  "HTTP_PATH",
  "SNI",
  "REGION_CODE",
  "TLS_JA3_FINGERPRINT",
  "TLS_JA4_FINGERPRINT",
  "USER_IP",
];

function* unknownAttribute(rule: Attributes) {
  const expression = rule.string("match.expr.expression") ?? "";
  const outside = expression.replace(TEXT, "''");
  for (const [found, object = "", name = ""] of outside.matchAll(/(?<![\w.])(origin|request)\.([a-z]\w*)/g)) {
    const known = ATTRIBUTES[object] ?? [];
    if (known.includes(name)) continue;
    yield {
      found: `match.expr.expression has ${found}`,
      because: `${object} has ${known.join(", ")}`,
      fix: `Write for example ${object}.${known[2]}.`,
    };
  }
}

/** Conditions that && and || join. https://docs.cloud.google.com/armor/quotas */
const MOST_CONDITIONS = 5;

/** A text of the rules language, with its content as second group. */
const TEXT = /r?(["'])((?:\\.|(?!\1)[^\\])*)\1/g;

function* unreadableExpression(rule: Attributes) {
  const expression = rule.string("match.expr.expression") ?? "";
  const conditions = expression.replace(TEXT, "''").split(/&&|\|\|/).length;
  if (conditions > MOST_CONDITIONS)
    yield {
      found: `match.expr.expression has ${conditions} conditions`,
      because: `a rule joins ${MOST_CONDITIONS} at most`,
      fix: "Spread them over several rules.",
    };
  for (const [, , range = ""] of expression.matchAll(/\binIpRange\(\s*[\w.]+\s*,\s*(["'])([^"']*)\1/g))
    if (!range.includes(":") && parseRange(range.includes("/") ? range : `${range}/32`) === undefined)
      yield {
        found: `inIpRange has "${range}"`,
        because: "it is no range in CIDR form",
        fix: 'Write for example inIpRange(origin.ip, "203.0.113.0/24").',
      };
  for (const [, , pattern = ""] of expression.matchAll(/\.matches\(\s*r?(["'])((?:\\.|(?!\1)[^\\])*)\1/g))
    if (/\(\?<?[=!]/.test(pattern))
      yield {
        found: `matches has "${pattern}"`,
        because: "RE2 has no lookaheads and lookbehinds",
        fix: "Write two conditions, one with !.",
      };
}

function* narrowDefault(rule: Attributes) {
  const ranges = rule.get("match.config.src_ip_ranges");
  const isDefault = rule.number("priority") === DEFAULT_PRIORITY;
  if (!isDefault || !Array.isArray(ranges) || ranges.length === 0 || ranges.includes("*")) return;
  if (!ranges.every((range) => typeof range === "string")) return;
  yield {
    found: `src_ip_ranges of the rule with priority ${DEFAULT_PRIORITY} is ${ranges.join(", ")}`,
    because: "the default rule matches everything",
    fix: 'Set src_ip_ranges = ["*"], or another priority.',
    source: "https://docs.cloud.google.com/armor/docs/security-policy-overview",
  };
}

/** Constraints of a rule: of a block of a policy (`within` is "rule[]"), or of a resource of its own. */
export function ruleFields(within?: "rule[]"): readonly Constraint[] {
  const place = within === undefined ? {} : { within };
  return [
    forbidden(["rate_limit_options"], {
      ...place,
      when: { action: ["allow", /^deny\(/, "redirect"] },
      because: "only throttle and rate_based_ban count requests",
      fix: 'Set action = "throttle", or remove rate_limit_options.',
      source: RATE_DOC,
    }),
    forbidden(["rate_limit_options.ban_duration_sec", "rate_limit_options.ban_threshold"], {
      ...place,
      when: { action: ["throttle"] },
      unless: { "rate_limit_options.ban_duration_sec": [0], "rate_limit_options.ban_threshold": [undefined] },
      because: "throttle bans nobody",
      fix: 'Set action = "rate_based_ban", or remove it.',
      source: RATE_DOC,
    }),
    conflict(
      {
        "rate_limit_options.enforce_on_key": KEYS,
        "rate_limit_options.enforce_on_key_configs": [anything],
      },
      {
        ...place,
        because: "requests are counted by one key or by a list of them",
        fix: "Remove enforce_on_key.",
        source: RATE_DOC,
      },
    ),
    required(["rate_limit_options.exceed_redirect_options"], {
      ...place,
      when: { "rate_limit_options.exceed_action": ["redirect"] },
      because: "a redirect has a type",
      fix: 'Add exceed_redirect_options { type = "GOOGLE_RECAPTCHA" }.',
      source: RATE_DOC,
    }),
    required(["redirect_options"], {
      ...place,
      when: { action: ["redirect"] },
      because: "a redirect has a type",
      fix: 'Add redirect_options { type = "GOOGLE_RECAPTCHA" }.',
    }),
    required(["redirect_options.target"], {
      ...place,
      when: { "redirect_options.type": ["EXTERNAL_302"] },
      because: "it leads to another address",
      fix: 'Set target, for example to "https://example.com/blocked".',
    }),
    forbidden(["redirect_options.target"], {
      ...place,
      when: { "redirect_options.type": ["GOOGLE_RECAPTCHA"] },
      because: "reCAPTCHA is Google's page",
      fix: 'Remove target, or set type = "EXTERNAL_302".',
    }),
    custom("match.expr.expression: attributes of the rules language", unknownAttribute, {
      ...place,
      source: LANGUAGE_DOC,
    }),
    custom(
      `match.expr.expression: ${MOST_CONDITIONS} conditions at most, ranges in CIDR form, regular expressions of RE2`,
      unreadableExpression,
      { ...place, source: LANGUAGE_DOC },
    ),
    custom(`src_ip_ranges of priority ${DEFAULT_PRIORITY}: *`, narrowDefault, place),
  ];
}

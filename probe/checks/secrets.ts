import { X509Certificate } from "node:crypto";
import type { PlannedSecret } from "../../platform/preflight/preflight.ts";
import { advised, type Check, type Context, failed, type Outcome, passed } from "../check.ts";

/** Each secret arrived at its pinned version and can be what it should be. The value itself is never said. */
export function secretChecks({ plan, variables }: Context): Check[] {
  return plan.secrets.map((planned) => ({
    name: secretCheck(planned.variable),
    category: "secrets",
    needs: [],
    seconds: plan.seconds.request,
    run: async () => judge(planned, variables[planned.variable], plan.certificateDays),
  }));
}

/** The check of a secret, for those that cannot pass without it; a variable that is no secret has none. */
export function secretCheck(variable: string): string {
  return `secrets/${variable}`;
}

/** "secret redis-auth version 3" for the variable that carries it, as people look it up. */
export function secretOf({ plan }: Context, variable: string): string {
  const planned = plan.secrets.find((secret) => secret.variable === variable);
  return planned === undefined ? variable : `secret ${planned.secret} version ${planned.version}`;
}

function judge(
  { variable, secret, version, holds }: PlannedSecret,
  value: string | undefined,
  days: Context["plan"]["certificateDays"],
): Outcome {
  const name = `secret ${secret} version ${version}`;
  if (value === undefined)
    return failed(
      "infrastructure",
      `${name} did not arrive as ${variable}: the version does not exist or is disabled, or the identity lacks secretmanager.secretAccessor`,
    );
  if (value.trim() === "")
    return failed("infrastructure", `${name} is empty: add a version with its value, and pin that`);
  if (holds === "certificates") return judgeCertificates(name, value, days);
  if (value !== value.trim())
    return failed(
      "infrastructure",
      `${name} begins or ends with white space, perhaps a line break from echo: add it again with printf '%s', and pin that version`,
    );
  return passed(`${name} is readable`);
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const DAY = 24 * 60 * 60 * 1000;

function judgeCertificates(name: string, value: string, days: Context["plan"]["certificateDays"]): Outcome {
  const blocks = value.match(CERTIFICATE) ?? [];
  const parsed = blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
  if (parsed.length === 0 || parsed.length < blocks.length)
    return failed(
      "infrastructure",
      `${name} does not hold certificates in PEM form (-----BEGIN CERTIFICATE-----): add the server's CA again`,
    );
  const left = parsed.map(({ validTo }) => Math.floor((Date.parse(validTo) - Date.now()) / DAY));
  // While a CA is rotated the old one stands beside the new one.
  const longest = Math.max(...left);
  const measured = { certificates: parsed.length, daysLeft: longest };
  if (longest < 0)
    return failed(
      "infrastructure",
      `${name}: every CA certificate in it has expired: fetch the new CA`,
      measured,
    );
  if (longest < days.warning)
    return advised(`${name}: its CA holds for ${longest} more days: fetch the new CA`, measured);
  return passed(
    `${name} holds ${parsed.length === 1 ? "a CA certificate" : `${parsed.length} CA certificates`}, good for ${longest} days`,
    measured,
  );
}

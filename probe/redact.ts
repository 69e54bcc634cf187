import type { PreflightPlan } from "../platform/preflight.ts";
import { loginOf } from "./clients/https.ts";

/** Variables whose values are nobody's to read, whether the plan names them or not. */
const SECRET_NAME = /PASSWORD|PASSWD|SECRET|TOKEN|KEY|CREDENTIAL|CERTIFICATE|AUTH_STRING/;
/** Shorter values stand in ordinary words, too: those of the plan are hidden all the same, guessed ones are not. */
const MIN_SECRET_LENGTH = { planned: 4, guessed: 8 };

/**
 * Takes every secret out of a text, in each form in which a client may repeat it. No sentence is made from a secret; this
 * is for the errors of clients and servers, which quote what they were given.
 */
export function redactor(
  variables: Readonly<Record<string, string | undefined>>,
  plan?: Pick<PreflightPlan, "secrets">,
): (text: string) => string {
  const planned = new Set(plan?.secrets.map(({ variable }) => variable));
  const forms = Object.entries(variables).flatMap(([name, value = ""]) => {
    if (planned.has(name)) return spellings(value, MIN_SECRET_LENGTH.planned);
    if (SECRET_NAME.test(name)) return spellings(value, MIN_SECRET_LENGTH.guessed);
    return URL.canParse(value) ? logins(new URL(value)) : [];
  });
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
}

function logins(url: URL): string[] {
  const { user, password } = loginOf(url);
  return [user, password, url.password].flatMap((part) => spellings(part, MIN_SECRET_LENGTH.planned));
}

/** The value, its lines, and how URLs, JSON and HTTP write it. */
function spellings(value: string, shortest: number): string[] {
  // The first and last line of a certificate are the same in every one.
  const lines = value.split("\n").filter((line) => !line.startsWith("-----"));
  return [value, value.trim(), ...lines]
    .flatMap((part) => [
      part,
      encodeURIComponent(part),
      Buffer.from(part).toString("base64"),
      JSON.stringify(part).slice(1, -1),
    ])
    .filter(({ length }) => length >= shortest);
}

import type { PreflightPlan } from "../platform/preflight/preflight.ts";
import { spellings, withoutBase64Of } from "../values/encodings.ts";
import { loginOf } from "./clients/https.ts";

/** Variables whose values are nobody's to read, whether the plan names them or not. */
const SECRET_NAME = /PASSWORD|PASSWD|SECRET|TOKEN|KEY|CREDENTIAL|CERTIFICATE|AUTH_STRING/;
/** Shorter values stand in ordinary words, too: those of the plan are hidden all the same, guessed ones are not. */
const MIN_SECRET_LENGTH = { planned: 4, guessed: 8 };

const HIDDEN = "[secret]";
/** Characters of one sentence, which may quote what a server sent. */
const MAX_LENGTH = 2_000;

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/**
 * Takes every secret out of a text, in each form in which a client may repeat it. No sentence is made from a secret; this
 * is for the errors of clients and servers, which quote what they were given.
 */
export function redactor(
  variables: Readonly<Record<string, string | undefined>>,
  plan?: Pick<PreflightPlan, "secrets">,
): (text: string) => string {
  const planned = new Set(plan?.secrets.map(({ variable }) => variable));
  const secrets = Object.entries(variables).flatMap(([name, value = ""]) => {
    if (planned.has(name)) return parts(value, MIN_SECRET_LENGTH.planned);
    if (SECRET_NAME.test(name)) return parts(value, MIN_SECRET_LENGTH.guessed);
    return URL.canParse(value) ? logins(new URL(value)) : [];
  });
  const longestFirst = [
    ...new Set(secrets.flatMap((secret) => [secret, base64(secret), ...spellings(secret)])),
  ].sort((a, b) => b.length - a.length);
  const withoutBase64 = withoutBase64Of(secrets, HIDDEN);
  return (text) => {
    const hidden = withoutBase64(text);
    // Cut at the end only: a part of a secret would not be found.
    return longestFirst
      .reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), hidden)
      .slice(0, MAX_LENGTH);
  };
}

function logins(url: URL): string[] {
  const { user, password } = loginOf(url);
  return [user, password, url.password].flatMap((part) => parts(part, MIN_SECRET_LENGTH.planned));
}

/** The value and its lines. */
function parts(value: string, shortest: number): string[] {
  // The first and last line of a certificate are the same in every one.
  const lines = value.split("\n").filter((line) => !line.startsWith("-----"));
  return [value, value.trim(), ...lines].filter(({ length }) => length >= shortest);
}

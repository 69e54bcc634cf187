import { byText } from "../values/by-text.ts";
import { holdsPlaceholder } from "./placeholders.ts";
import { SECRET_PASSAGES } from "./secret-passages.ts";
import { SECRET_TOKENS } from "./secret-tokens.ts";

/** Attributes whose values are secret although a provider, or an older one, does not mark them. */
const SECRET_ATTRIBUTES =
  /(^|_)(password|passwd|passphrase|secret|secret_data|secret_data_wo|secret_key|secret_string|auth_string|private_key|private_key_pem|private_key_openssh|client_secret|client_key|access_token|refresh_token|id_token|auth_token|token|api_key|access_key|signing_key|encryption_key_base64|shared_secret|raw_key|rsa_encrypted_key|key_material|credentials|kubeconfig|connection_string|service_account_key|bearer_token|hmac_key|webhook_url|authorization|x-api-key)(_wo)?$/i;

/** Attributes that end like a secret and only say where one is. */
const NO_SECRET_ATTRIBUTES =
  /^(secret|secret_id|secret_name|secret_version|kms_key|password_secret|token_format|can_ip_forward|deletion_policy)$/i;

/** Last words of names that always hold a secret. */
const CERTAIN_WORDS =
  "PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|API_?KEY|SECRET_KEY|PRIVATE_KEY|ACCESS_KEY|ENCRYPTION_KEY|SIGNING_KEY|FERNET_KEY|AUTH_STRING|CREDENTIALS";
/** Last words of names that often do. */
const LIKELY_WORDS =
  "PASSPHRASE|SECRETS|BEARER|JWT|PAT|SALT|KEY|KEY_BASE|AUTHSTRING|AUTH|AUTHORIZATION|CREDENTIAL|COOKIE|DSN|WEBHOOK_URL|CONNECTION_STRING|(DATABASE|POSTGRES|POSTGRESQL|REDIS|DB|MONGO|AMQP|BROKER)_UR[LI]";
const CERTAIN_NAMES = new RegExp(`(^|_)(${CERTAIN_WORDS})$`, "i");
/** A version or a form may follow. */
const SECRET_NAMES = new RegExp(
  `(^|[_.-])(${CERTAIN_WORDS}|${LIKELY_WORDS})([_.-]?V?\\d+|[_.-](OLD|NEW|NEXT|CURRENT|PREVIOUS|PRIMARY|SECONDARY|VALUE|BASE64|B64|JSON|PEM))*$`,
  "i",
);

const FORMS = [...SECRET_TOKENS, ...SECRET_PASSAGES.map(([, form]) => form)];

/** Each of them, wherever it is in a text. */
const EVERYWHERE = FORMS.map(({ source, flags }) => new RegExp(source, `${flags}g`));

/** `Authorization: Basic` and the `auth` of Docker and npm, with what decodes to USER:PASSWORD. */
const BASIC =
  /(?:\bBasic(?:\s{1,5}|%20|\+)|"auth"\s{0,3}:\s{0,3}"|\b_auth\s{0,3}=\s{0,3}"?)([A-Za-z0-9+/]{6,500}={0,2})/gi;

/** Base64 of at least 15 characters of ASCII, such as a file in a start-up script: the highest bit of three bytes in a row is 0. */
const ENCODED =
  /(?<![\w+/-])(?:[A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][\w+/-]){5,}[\w+/-]{0,3}={0,2}/g;

/** Base64 in lines, as `base64` and OpenSSL write it; and, which is found sooner, the end of such a line. */
const END_OF_ENCODED_LINE = /(?:\r?\n|\\n)(?<=[A-Za-z0-9+/]{60}(?:\r?\n|\\n))/;
const ENCODED_LINES = /(?:[A-Za-z0-9+/]{60,76}(?:\r?\n|\\n)[ \t]{0,40}){1,5000}[A-Za-z0-9+/]{1,76}={0,2}/g;

/** Hexadecimal of at least 12 characters of ASCII, as of `printf secret | xxd -p` and of bytea in SQL. */
const HEXADECIMAL = /(?<![0-9A-Za-z])(?:\\{0,2}x|0x)?((?:[2-7][0-9a-f]|0[9ad]){12,})(?![0-9a-z])/gi;

/** How often one encoding is within another. */
const MAX_NESTING = 3;

/** Forms of which one is looked for in a text that has the hint. */
interface Search {
  readonly hint: RegExp;
  readonly any: readonly RegExp[];
}

/** All of a hint at once: nearly every text holds no secret, and one expression finds that much sooner than forty. */
const TOKENS = anyOf(SECRET_TOKENS);
const PASSAGES: readonly Search[] = [
  ...[...new Set(SECRET_PASSAGES.map(([hint]) => hint))].map((hint) => {
    const forms = SECRET_PASSAGES.flatMap((passage) => (passage[0] === hint ? [passage[1]] : []));
    const byFlags = ["", "i"].map((flags) => forms.filter((form) => form.flags === flags));
    return { hint, any: byFlags.filter(({ length }) => length > 0).map(anyOf) };
  }),
];

function anyOf(forms: readonly RegExp[]): RegExp {
  return new RegExp(forms.map(({ source }) => source).join("|"), forms[0]?.flags);
}

/** A word, a number or a name, shorter than the shortest token; within a text, what is before a secret has other signs. */
const PLAIN_WORD = /^(?:[A-Za-z0-9]{0,15}|[\w./-]{0,13})$/;

/** Names and paths, which most texts are. All that is within other texts has other signs: a token may be one, a passage is none. */
const NAME = /^[\w./-]*$/;
/** The shortest run of ENCODED, of HEXADECIMAL and of lines, in characters. */
const SHORTEST_ENCODED = 20;

/** True where an attribute of that name holds a secret. */
export const isSecretAttribute: (name: string) => boolean = byText(
  (name) => SECRET_ATTRIBUTES.test(name) && !NO_SECRET_ATTRIBUTES.test(name),
);

/** True where the value of a variable or map entry of that name is better not shown. */
export const isSecretName: (name: string) => boolean = byText(
  (name) => SECRET_NAMES.test(name) || /PRIVATE_KEY|PASSWORD|SECRET_KEY/i.test(name),
);

/** True where a variable of that name holds a secret and nothing else; not a price or limit "per token" of a language model. */
export function isCertainSecretName(name: string): boolean {
  return CERTAIN_NAMES.test(name) && !/_PER_TOKEN$/i.test(name);
}

/** True where the text itself gives away that it is a secret, or holds one. */
export function isSecretText(text: string): boolean {
  return !PLAIN_WORD.test(text) && isSecretPhrase(text);
}

const isSecretPhrase = byText((text) => holdsSecret(text) || encodedSecrets(text).length > 0);

/** The text with `mask` in place of each secret that is known by its form. */
export function withoutSecretTexts(text: string, mask: string): string {
  if (!isSecretText(text)) return text;
  let shown = text;
  for (const pattern of EVERYWHERE)
    shown = shown.replace(pattern, (found) => (holdsPlaceholder(found) ? found : mask));
  for (const encoded of encodedSecrets(shown)) shown = shown.replaceAll(encoded, mask);
  return shown;
}

function holdsSecret(text: string): boolean {
  if (TOKENS.test(text)) return true;
  if (NAME.test(text)) return false;
  return PASSAGES.some(({ hint, any }) => hint.test(text) && any.some((forms) => forms.test(text)));
}

/** Runs of base64 or hexadecimal in the text that are USER:PASSWORD where credentials are expected, or hold a secret. */
function encodedSecrets(text: string, depth = 1): string[] {
  if (text.length < SHORTEST_ENCODED && NAME.test(text)) return [];
  const credentials = /basic|auth/i.test(text) ? [...text.matchAll(BASIC)] : [];
  const holds = (inner: string): boolean =>
    holdsSecret(inner) || (depth < MAX_NESTING && encodedSecrets(inner, depth + 1).length > 0);
  return [
    ...credentials
      .map(([, encoded = ""]) => encoded)
      .filter((encoded) => /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(decoded(encoded))),
    ...(text.match(ENCODED) ?? []).filter((encoded) => holds(decoded(encoded))),
    ...(END_OF_ENCODED_LINE.test(text) ? (text.match(ENCODED_LINES) ?? []) : []).filter((lines) =>
      holds(decoded(lines.replaceAll(/\\n|\s/g, ""))),
    ),
    ...[...text.matchAll(HEXADECIMAL)]
      .map(([, digits = ""]) => digits)
      .filter((digits) => holds(Buffer.from(digits, "hex").toString("latin1"))),
  ];
}

/** Without the empty bytes of UTF-16, which PowerShell encodes. */
function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("latin1").replaceAll("\0", "");
}

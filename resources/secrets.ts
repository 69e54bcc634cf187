import { byText } from "../values/by-text.ts";
import { holdsPlaceholder } from "./placeholders.ts";

/** Attributes whose values are secret although a provider, or an older one, does not mark them. */
const SECRET_ATTRIBUTES =
  /(^|_)(password|passwd|passphrase|secret|secret_data|secret_data_wo|secret_key|secret_string|auth_string|private_key|private_key_pem|private_key_openssh|client_secret|client_key|access_token|refresh_token|id_token|auth_token|token|api_key|access_key|signing_key|encryption_key_base64|shared_secret|raw_key|rsa_encrypted_key|key_material|credentials|kubeconfig|connection_string|service_account_key|bearer_token|hmac_key|webhook_url|authorization|x-api-key)(_wo)?$/i;

/** Attributes that end like a secret and only say where one is. */
const NO_SECRET_ATTRIBUTES =
  /^(secret|secret_id|secret_name|secret_version|kms_key|password_secret|token_format|can_ip_forward|deletion_policy)$/i;

/** Last words of names that always hold a secret. */
const CERTAIN_WORDS =
  "PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|API_?KEY|SECRET_KEY|PRIVATE_KEY|ACCESS_KEY|ENCRYPTION_KEY|SIGNING_KEY|AUTH_STRING|CREDENTIALS";
/** Last words of names that often do. */
const LIKELY_WORDS =
  "PASSPHRASE|SECRETS|BEARER|JWT|PAT|SALT|KEY|AUTHSTRING|AUTH|AUTHORIZATION|CREDENTIAL|COOKIE|DSN|WEBHOOK_URL|CONNECTION_STRING|(DATABASE|POSTGRES|POSTGRESQL|REDIS|DB|MONGO|AMQP|BROKER)_UR[LI]";
const CERTAIN_NAMES = new RegExp(`(^|_)(${CERTAIN_WORDS})$`, "i");
/** A version or a form may follow. */
const SECRET_NAMES = new RegExp(
  `(^|[_.-])(${CERTAIN_WORDS}|${LIKELY_WORDS})([_.-]?V?\\d+|[_.-](OLD|NEW|NEXT|CURRENT|PREVIOUS|PRIMARY|SECONDARY|VALUE|BASE64|B64|JSON|PEM))*$`,
  "i",
);

/**
 * How the tokens of well-known services begin, and which characters follow.
 * https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml
 */
const TOKENS = [
  // Google: API key, OAuth access token, OAuth client secret.
  /\bAIza[\w-]{30,}/,
  /\bya29\.[\w-]{10,}/,
  /\bGOCSPX-[\w-]{20,}/,
  // GitHub, GitLab.
  /\b(?:ghp|gho|ghs|ghu|ghr|github_pat)_\w{10,}/,
  /\bgl(?:pat|dt|rt|ptt|ft|imt|agent|soat|cbt|oas)-[\w-]{10,}/,
  // Slack: tokens.
  /\bxox[abeoprs]-[\w-]{10,}/,
  /\bxapp-\d-[\w-]{10,}/,
  // Stripe; OpenAI and Anthropic; SendGrid; HashiCorp Vault.
  /\b(?:[rs]k_(?:live|test|prod)|whsec)_\w{10,}/,
  /\bsk-(?:(?:ant|proj|svcacct|admin|or-v1)-[\w-]{10,}|[A-Za-z0-9]{32,})/,
  /\bSG\.[\w-]{10,100}\.[\w-]{10,}/,
  /\bhv[bsr]\.[\w-]{20,}/,
  // AWS, Alibaba, Azure AD, DigitalOcean, Databricks, Pulumi.
  /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/,
  /\bLTAI[A-Za-z0-9]{20}\b/,
  /(?<![\w~.])[\w~.]{3}\dQ~[\w~.-]{31,34}/,
  /\bdo[opr]_v1_[a-f0-9]{64}/,
  /\bdapi[a-f0-9]{32}/,
  /\bpul-[a-f0-9]{40}/,
  // npm, PyPI, Hugging Face, Shopify, Square, Twilio, Mailgun, New Relic, Grafana, Doppler, Linear, Atlassian, 1Password, age.
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bpypi-AgE[\w-]{50,}/,
  /\bhf_[A-Za-z]{30,}/,
  /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/,
  /\bsq0[a-z]{3}-[\w-]{20,}/,
  /\bSK[0-9a-f]{32}\b/,
  /\bkey-[0-9a-f]{32}\b/,
  /\bNRAK-[A-Z0-9]{27}/,
  /\bgl(?:sa|c)_[A-Za-z0-9+/_=]{30,}/,
  /\bdp\.(?:pt|st|ct|sa|scim|audit)\.[\w-]{40,}/,
  /\blin_api_\w{30,}/,
  /\bATATT3[\w=-]{30,}/,
  /\bA3-[A-Z0-9]{6}-[A-Z0-9]{6,11}-[A-Z0-9]{5}-[A-Z0-9-]{5,}/,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{58}/,
  // Docker Hub, RubyGems, Sentry, Postman, Terraform Cloud.
  /\bdckr_[po]at_[\w-]{20,}/,
  /\brubygems_[a-f0-9]{48}/,
  /\bsntry[su]_[\w+/=-]{40,}/,
  /\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}/,
  /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}/,
  // Telegram.
  /(?<!\d)\d{8,10}:AA[\w-]{33}/,
  // JSON Web Tokens.
  /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]*/,
  // Webhooks, whose addresses are their secret.
  /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[^\s"']+/,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/[^\s"']+/,
  /\b(?:webhook\.office\.com|outlook\.office\.com\/webhook|hooks\.zapier\.com\/hooks)\/[^\s"']+/,
  /\bmaker\.ifttt\.com\/trigger\/[^\s"']+/,
  /\bevents\.pagerduty\.com\/integration\/[^\s"'/]+/,
];

/** What is written for the value of a secret where there is none: a reference, a placeholder, a word that switches. */
const NO_VALUE = `(?:[$<{%(*/]|projects/|sm:|gs:|secret:|vault:|(?:true|false|null|none|nil|yes|no|\\d{1,3}|x+)(?![\\w.!-])|(?:var|local|data|module)\\.)`;
const WORD =
  "(?:password|passwd|passphrase|pwd|secret[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|api[_-]?key|client[_-]?secret|(?:auth|access|refresh|id|bearer|private)[_-]?token)";

/** Between a name and its value: in configurations, in code, in YAML's blocks, tags and anchors, and in an encoded URL. */
const IS = "(?:\\s{0,3}(?:[:=]>?|%3[AD])\\s{0,3}(?:[|>][+-]?\\s{0,20}|[!&]\\S{1,30}\\s{1,3})?)";

/** A value in quotes, or up to where a next one may begin; a reference in it begins what is no secret. */
const VALUE = `(?:\\\\{0,3}(?:"""|'''|["'])(?!${NO_VALUE})[^"'$<{\\\\\\n]{3,500}|(?!["'\\\\]|${NO_VALUE})[^\\s"'$<{;&,\\\\]{3,500})`;

/** At least eight letters and digits of either case, as generators make them. */
const RANDOM =
  "(?=[\\w+/=.!-]{0,100}[A-Z])(?=[\\w+/=.!-]{0,100}[a-z])(?=[\\w+/=.!-]{0,100}\\d)[\\w+/=.!-]{8,500}";

/** Secrets within other texts. */
const PASSAGES = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]{0,10000}(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/,
  /"private_key"\s*:\s*"[^"]*"?/,
  // scheme://user:password@host
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^/:@\s]{0,200}:(?![$<{%]|(?:[*x]+|true|false|none|null|\d{1,3})@)[^/@\s]{1,500}@(?:[^/@\s"']{1,200}@)?/i,
  /\bjdbc:oracle:\w{1,10}:[^/:@\s]{1,200}\/(?![$<{%])[^/@\s]{1,500}@/i,
  /\b[a-z][a-z0-9+.-]{0,30}%3A%2F%2F[\w.~-]{0,200}%3A(?!%)[\w.~%-]{1,500}?%40/i,
  // https://token@host, and not https://user.name-2@host or Sentry's https://public-key@host/project.
  /\b(?:https?|git):\/\/(?![a-z]+(?:[._-][a-z]+)*[._-]?\d{0,4}:?@|[0-9a-f]{32}@[^/\s]{1,200}\/\d+\b)(?=[a-z._~-]{0,500}\d)[\w.~-]{16,500}:?@/i,
  /\bBearer\s{1,5}[0-9A-Za-z._~+/-]{6,}/,
  /\bcurl\b[^\n|;]{0,300}?\s(?:-[uU]|--(?:proxy-)?user)[\s=]{0,5}["']?[^\s:"'$]{1,100}:(?![$<{%])[^\s"']{1,200}/,
  // The passwords of other programs' command lines.
  /\b(?:redis-cli|sshpass|(?:docker|podman|registry) login)\b[^\n|;]{0,200}?\s-[ap]\s{0,3}["']?(?![$<{%])[^\s"']{3,200}/,
  /\bmysql(?:dump|admin)?\b[^\n|;]{0,200}?\s-p["']?(?![$<{%])[^\s"']{3,200}/,
  // .netrc, redis.conf, SQL.
  /\b(?:machine\s{1,20}\S{1,200}|default)\s{1,20}login\s{1,20}\S{1,200}\s{1,20}password\s{1,20}(?![$<{%])\S{3,200}/,
  /\b(?:requirepass|masterauth)\s{1,5}(?![$<{%])["']?[^\s"']{3,500}/i,
  /\b(?:PASSWORD|IDENTIFIED\s{1,5}BY)\s{1,5}'(?![$<{%])[^']{3,500}'/i,
  /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:token|apikey|bearer|geniekey)\s{1,3}[\w.+/=-]{8,500}/i,
  /[?&](?:token|key|code|sig|signature|auth|secret|sas|x-goog-signature|x-amz-signature)=(?![$<{%])[^&\s"'<]{16,}/i,
  // libpq, JDBC, ADO, query parameters, YAML, TOML, INI, JSON and JSON in JSON.
  new RegExp(`(?<![\\w-])[\\w.-]{0,40}?${WORD}\\\\{0,3}["']?${IS}${VALUE}`, "i"),
  // Options of a command; pairs of a name and its value.
  new RegExp(
    `(?<![\\w-])--(?:[a-z]{1,20}-){0,2}(?:${WORD}\\s{1,5}(?!-)${VALUE}|(?:token|secret)\\s{1,5}(?=[a-z.-]{0,100}\\d)[\\w+/=.!-]{8,500})`,
    "i",
  ),
  new RegExp(
    `\\b(?:name|key)\\\\{0,3}["']?\\s{0,3}[:=]\\s{0,3}\\\\{0,3}["']?[\\w.-]{0,40}?${WORD}\\\\{0,3}["']?[\\s,]{1,20}\\\\{0,3}["']?value\\\\{0,3}["']?${IS}${VALUE}`,
    "i",
  ),
  new RegExp(`(?<=<${WORD}>)(?!${NO_VALUE})[^<]{3,500}`, "i"),
  // Words that are names of secrets as often: the value must look like no name.
  new RegExp(
    `(?<![A-Za-z0-9])(?:[\\w-]{0,40}[_-])?(?:[Pp]ass|[Ss]ecret|[Tt]oken|[Cc]redentials|[a-z]{2,20}(?:Token|Secret))["']?\\s{0,3}[:=]>?\\s{0,3}["']?(?!${NO_VALUE})${RANDOM}`,
  ),
  // In scripts and .env files.
  new RegExp(`\\b\\w{0,60}(?:TOKEN|SECRET|PASS|REDISCLI_AUTH)=["']?(?!${NO_VALUE})[^\\s"'$<{]{3,500}`),
];

/** Each of them, wherever it is in a text. */
const EVERYWHERE = [...TOKENS, ...PASSAGES].map(({ source, flags }) => new RegExp(source, `${flags}g`));

/** `Authorization: Basic` and the `auth` of Docker and npm, with what decodes to USER:PASSWORD. */
const BASIC =
  /(?:\bBasic\s{1,5}|"auth"\s{0,3}:\s{0,3}"|\b_auth\s{0,3}=\s{0,3}"?)([A-Za-z0-9+/]{6,500}={0,2})/gi;

/** Base64 of at least 15 characters of ASCII, such as a file in a start-up script: the highest bit of three bytes in a row is 0. */
const ENCODED =
  /(?<![\w+/-])(?:[A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][\w+/-]){5,}[\w+/-]{0,3}={0,2}/g;

/** All at once: nearly every text holds no secret, and one expression finds that much sooner than forty. */
const ANY = ["", "i"].map((flags) => {
  const sources = [...TOKENS, ...PASSAGES].filter((pattern) => pattern.flags === flags);
  return new RegExp(sources.map(({ source }) => source).join("|"), flags);
});

/** True where an attribute of that name holds a secret. */
export const isSecretAttribute: (name: string) => boolean = byText(
  (name) => SECRET_ATTRIBUTES.test(name) && !NO_SECRET_ATTRIBUTES.test(name),
);

/** True where the value of a variable or map entry of that name is better not shown. */
export const isSecretName: (name: string) => boolean = byText(
  (name) => SECRET_NAMES.test(name) || /PRIVATE_KEY|PASSWORD|SECRET_KEY/i.test(name),
);

/** True where a variable of that name holds a secret and nothing else. */
export function isCertainSecretName(name: string): boolean {
  return CERTAIN_NAMES.test(name);
}

/** True where the text itself gives away that it is a secret, or holds one. */
export function isSecretText(text: string): boolean {
  return holdsSecret(text) || encodedSecrets(text).length > 0;
}

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
  return ANY.some((pattern) => pattern.test(text));
}

/** Runs of base64 in the text that are USER:PASSWORD where credentials are expected, or a text with a secret anywhere. */
function encodedSecrets(text: string): string[] {
  const credentials = /basic|auth/i.test(text) ? [...text.matchAll(BASIC)] : [];
  return [
    ...credentials
      .map(([, encoded = ""]) => encoded)
      .filter((encoded) => /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(decoded(encoded))),
    ...(text.match(ENCODED) ?? []).filter((encoded) => holdsSecret(decoded(encoded))),
  ];
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("latin1");
}

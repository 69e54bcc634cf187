/** Attributes whose values are secret although a provider, or an older one, does not mark them. */
const SECRET_ATTRIBUTES =
  /(^|_)(password|passwd|passphrase|secret|secret_data|secret_data_wo|secret_key|secret_string|auth_string|private_key|private_key_pem|private_key_openssh|client_secret|client_key|access_token|refresh_token|id_token|auth_token|token|api_key|access_key|signing_key|encryption_key_base64|shared_secret|raw_key|rsa_encrypted_key|key_material|credentials|kubeconfig|connection_string|service_account_key|bearer_token|hmac_key|webhook_url|authorization|x-api-key)(_wo)?$/i;

/** Attributes that end like a secret and only say where one is. */
const NO_SECRET_ATTRIBUTES =
  /^(secret|secret_id|secret_name|secret_version|kms_key|password_secret|token_format|can_ip_forward|deletion_policy)$/i;

/** Names of environment variables, of headers and of entries in maps that hold a secret; a version may follow. */
const SECRET_NAMES =
  /(^|[_.-])(PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRETS?|TOKEN|BEARER|JWT|PAT|SALT|KEY|API_?KEY|AUTH_?STRING|AUTH|AUTHORIZATION|CREDENTIALS?|COOKIE|DSN|WEBHOOK_URL|CONNECTION_STRING|(DATABASE|POSTGRES|POSTGRESQL|REDIS|DB|MONGO|AMQP|BROKER)_UR[LI])([_.-]?V?\d+|[_.-](OLD|NEW|NEXT|CURRENT|PREVIOUS|PRIMARY|SECONDARY|VALUE|BASE64|B64|JSON|PEM))*$/i;

/** Texts that are secret wherever they stand. */
const SECRET_TEXTS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /"private_key"\s*:/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^/:@\s]*:[^/@\s]+@/i,
  /\bAIza[0-9A-Za-z_-]{30,}/,
  /\bya29\.[0-9A-Za-z_-]{10,}/,
  /\b(ghp|gho|ghs|ghu|github_pat|glpat|xox[abprs]|sk_live|sk-ant|sk-proj)[-_][0-9A-Za-z_-]{10,}/,
  /\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\./,
  /hooks\.slack\.com\/services\/\S+/,
  /\bBearer\s+[0-9A-Za-z._~+/-]{6,}/,
  // Within JSON, and in scripts and .env files.
  /"[\w-]*(password|passwd|passphrase|api_?key|secret_?key|client_?secret|(auth|access|refresh)_?token)"\s*:\s*"[^"]/i,
  /\b\w*(PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|API_?KEY|SECRET_?KEY|ACCESS_?KEY)=["']?[^\s"'$<{]/,
];

/** True where an attribute of that name holds a secret. */
export function isSecretAttribute(name: string): boolean {
  return SECRET_ATTRIBUTES.test(name) && !NO_SECRET_ATTRIBUTES.test(name);
}

/** True where the value of a variable or map entry of that name is better not shown. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.test(name) || /PRIVATE_KEY|PASSWORD|SECRET_KEY/i.test(name);
}

/** True where the text itself gives away that it is a secret. */
export function isSecretText(text: string): boolean {
  return SECRET_TEXTS.some((pattern) => pattern.test(text));
}

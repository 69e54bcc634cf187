/** What is written for the value of a secret where there is none: a reference, a placeholder, a word that switches. */
const NO_VALUE = `(?:[$<{%(*/]|projects/|sm:|gs:|secret:|vault:|(?:true|false|null|none|nil|yes|no|\\d{1,3}|x+)(?![\\w.!-])|(?:var|local|data|module)\\.)`;
const WORD =
  "(?:password|passwd|passphrase|pwd|secret[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|api[_-]?key|client[_-]?secret|(?:auth|access|refresh|id|bearer|private)[_-]?token)";

/** Between a name and its value: in configurations, in code, in YAML's blocks, tags and anchors, and in an encoded URL. */
const IS = "(?:\\s{0,3}(?::=|[:=]>?|%3[AD])\\s{0,3}(?:[|>][+-]?\\s{0,20}|[!&]\\S{1,30}\\s{1,3})?)";

/** A value in quotes, or up to where a next one may begin; a reference in it begins what is no secret. */
const VALUE = `(?:\\\\{0,15}(?:"""|'''|["'])(?!${NO_VALUE})[^"'$<{\\\\\\n]{3,500}|(?!["'\\\\]|${NO_VALUE})[^\\s"'$<{;&,\\\\]{3,500})`;

/** At least eight letters and digits of either case, as generators make them. */
const RANDOM =
  "(?=[\\w+/=.!-]{0,100}[A-Z])(?=[\\w+/=.!-]{0,100}[a-z])(?=[\\w+/=.!-]{0,100}\\d)[\\w+/=.!-]{8,500}";

/** 128 bits and more: hexadecimal, or base64 with letters of either case and digits. */
const RANDOM_KEY =
  "[0-9a-f]{32,512}(?![\\w-])|[0-9A-F]{32,512}(?![\\w-])|(?=[\\w+/-]{0,60}[A-Z])(?=[\\w+/-]{0,60}[a-z])(?=[\\w+/-]{0,60}\\d)[\\w+/-]{22,512}={0,2}";

/** A form, and what every text of that form has in it. */
export type Passage = readonly [hint: RegExp, form: RegExp];

const WORDS = new RegExp(`${WORD}|identified|bind_?pw|--[a-z-]{0,42}(?:token|secret)`, "i");
const ASSIGNED =
  /(?:pass|secret|token|credentials|REDISCLI_AUTH|key|key_base)\\{0,3}["']?\s{0,3}(?:[:=]|%3D)/i;
const AT = /:\/\/[^@\s]{0,1000}@|@(?:tcp|unix)\(|oracle:|sqlplus|%40/i;
const HASHES = /\$\$?[125-7ay]|pbkdf2_|scrypt:|SCRAM-/;
const COMMANDS =
  /private key|private-lines|bearer\s|curl|ldap|redis-cli|(?:ssh|store|key|src|dest|require)pass|pass:|(?:docker|podman|registry) login|mysql|mongo|sqlcmd|bcp|aws_se|(?:define|setenv|putenv|setdefault)\(|\b(?:ENV|setx)\s|masterauth|cookie|authorization|signature=|\{s?sha|"d"|[?&][\w-]{3,16}=/i;

/**
 * Secrets within other texts. Few texts have any of the hints, and finding that takes a tenth of the time that the forms take.
 */
export const SECRET_PASSAGES: readonly Passage[] = [
  [
    COMMANDS,
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]{0,10000}(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/,
  ],
  [WORDS, /"private_key"\s*:\s*"[^"]*"?/],
  // PuTTY's; one line break may be written \n.
  [
    COMMANDS,
    /\bPrivate-Lines:\s{0,3}\d{1,4}(?:\s|\\r|\\n){1,4}(?:[\w+/=]{1,80}(?:\s|\\r|\\n){0,4}){1,500}(?:Private-(?:MAC|Hash):\s{0,3}[0-9a-f]{40,64})?/,
  ],
  // A JSON Web Key.
  [COMMANDS, /"d"\s{0,3}:\s{0,3}"[\w-]{40,1400}"/],
  // Hashes of passwords: bcrypt, MD5 of Apache, SHA-crypt, yescrypt, Argon2, scrypt, PBKDF2, SCRAM, and those of LDAP. Compose doubles the $.
  [
    HASHES,
    /(?<![\w$])\${1,2}(?:2[abxy]?\${1,2}\d\d\${1,2}[./A-Za-z0-9]{53}|(?:apr1|1)\${1,2}[./A-Za-z0-9]{1,8}\${1,2}[./A-Za-z0-9]{22}|[56]\${1,2}(?:rounds=\d{1,9}\${1,2})?[./A-Za-z0-9]{1,16}\${1,2}[./A-Za-z0-9]{43,86}|[y7]\${1,2}[./A-Za-z0-9]{1,20}\${1,2}[./A-Za-z0-9]{1,86}\${1,2}[./A-Za-z0-9]{43})/,
  ],
  [HASHES, /\$argon2(?:id|i|d)\$(?:v=\d{1,3}\$)?[\w=,]{1,60}\$[\w+/-]{8,100}\$[\w+/-]{16,200}/],
  [
    HASHES,
    /\b(?:pbkdf2_sha\d{1,3}\$\d{1,9}\$|scrypt:\d{1,9}:\d{1,4}:\d{1,4}\$|SCRAM-SHA-(?:1|256)\$\d{1,9}:)[\w+/=.-]{4,100}\$[\w+/=:]{16,200}/,
  ],
  [COMMANDS, /\{S?SHA(?:256|384|512)?\}[A-Za-z0-9+/]{27,150}={0,2}/],
  // scheme://user:password@host
  [
    AT,
    /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^/:@\s]{0,200}:(?![$<{%]|(?:[*x]+|true|false|none|null|\d{1,3})@)[^/@\s]{1,500}@(?:[^/@\s"']{1,200}@)?/i,
  ],
  // A password with a slash, which a port before a path is not.
  [
    AT,
    /\b[a-z][a-z0-9+.-]{0,30}:\/\/[\w.~%+-]{0,200}:(?!\d{0,5}[/?#]|[$<{%])[\w.~%!*'();:&=+,?#[\]-]{1,100}\/[^@\s"'<>${}]{0,200}@(?=[\w[])/i,
  ],
  // Go's MySQL.
  [AT, /:(?![$<{%])[^\s@:"'/]{1,200}@(?:tcp|unix)\(/],
  [AT, /\bjdbc:oracle:\w{1,10}:[^/:@\s]{1,200}\/(?![$<{%])[^/@\s]{1,500}@/i],
  [AT, /\b[a-z][a-z0-9+.-]{0,30}%3A%2F%2F[\w.~-]{0,200}%3A(?!%)[\w.~%-]{1,500}?%40/i],
  // https://token@host, and not https://user.name-2@host or Sentry's https://public-key@host/project.
  [
    AT,
    /\b(?:https?|git):\/\/(?![a-z]+(?:[._-][a-z]+)*[._-]?\d{0,4}:?@|[0-9a-f]{32}@[^/\s]{1,200}\/\d+\b)(?=[a-z._~-]{0,500}\d)[\w.~-]{16,500}:?@/i,
  ],
  [COMMANDS, /\bBearer\s{1,5}[0-9A-Za-z._~+/-]{6,}/],
  // Also as a list of arguments: ["curl", "-su", "app:password"].
  [
    COMMANDS,
    /\bcurl\b[^\n|;]{0,300}?[\s"'](?:-[a-zA-Z]{0,8}[uU]|--(?:proxy-)?user)(?:["']\s{0,3},\s{0,3}|[\s=]{0,5})["']?[^\s:"'$]{1,100}:(?![$<{%])[^\s"']{1,200}/,
  ],
  // The passwords of other programs' command lines.
  [
    WORDS,
    /\bhtpasswd\s{1,5}-(?=[a-zA-Z]{0,6}b)(?:(?=[a-mo-zA-Z]{0,6}n)[a-zA-Z]{1,8}|[a-mo-zA-Z]{1,8}\s{1,5}\S{1,200})\s{1,5}[^\s"'$]{1,100}\s{1,5}["']?(?![$<{%])[^\s"'|;]{3,200}/,
  ],
  [COMMANDS, /\b-?pass(?:in|out)?\s{0,5}pass:(?![$<{%])[^\s"']{3,200}/],
  [COMMANDS, /\s-(?:store|key|src|dest|srcstore|deststore)pass\s{1,5}["']?(?![$<{%])[^\s"'$]{3,200}/],
  [COMMANDS, /\baws_(?:secret_access_key|session_token)\s{1,5}(?=[\w+/]{0,100}\d)[\w+/=]{16,2000}/i],
  [
    COMMANDS,
    /\bldap(?:search|modify|add|delete|passwd|whoami)\b[^\n|;]{0,300}?\s-w\s{0,3}["']?(?![$<{%])[^\s"'$]{3,200}/,
  ],
  [AT, /\bsqlplus\b[^\n|;]{0,100}?\s["']?[\w.-]{1,100}\/(?![$<{%])[^\s"'@$/]{3,200}@/],
  [
    COMMANDS,
    /\b(?:redis-cli|sshpass|(?:docker|podman|registry) login)\b[^\n|;]{0,200}?\s-[ap]\s{0,3}["']?(?![$<{%])[^\s"']{3,200}/,
  ],
  [COMMANDS, /\bmysql(?:dump|admin)?\b[^\n|;]{0,200}?\s-p["']?(?![$<{%])[^\s"']{3,200}/],
  [
    COMMANDS,
    /\b(?:mongo(?:sh|dump|restore|export|import)?|sqlcmd|bcp)\b[^\n|;]{0,200}?\s-[pP]\s{0,3}["']?(?![$<{%-])[^\s"']{3,200}/,
  ],
  [WORDS, /[\s"'][\w.-]{1,64}:(?![$<{%])[^\s"'|:$]{3,200}["']?\s{0,3}\|\s{0,3}(?:sudo\s{1,3})?chpasswd\b/],
  [
    WORDS,
    /\becho\s{1,3}(?:-n\s{1,3})?["']?(?![$<{%-])[^\s"'|$]{3,200}["']?\s{0,3}\|\s{0,3}(?:sudo\s{1,3})?passwd\s{1,3}--stdin/,
  ],
  [
    WORDS,
    /\bchpasswd:\s{1,20}(?:expire:\s{0,3}\w{1,5}\s{1,20})?list:\s{0,3}[|>][+-]?\s{1,20}(?:[\w.-]{1,64}:(?![$<{%])\S{3,200}\s{0,20}){1,100}/,
  ],
  [
    COMMANDS,
    /\b(?:define|setenv|putenv|environ\.setdefault)\(\s{0,3}["'][\w.-]{0,40}(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|KEY)["']\s{0,3},\s{0,3}["'](?![$<{%])[^"'\s]{3,500}/,
  ],
  [
    COMMANDS,
    /(?:^|\n)\s{0,20}(?:ENV|setx)\s{1,5}\w{0,60}(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_KEY)\s{1,5}(?![$<{%=])["']?[^\s"'$<{]{3,500}/,
  ],
  // .netrc, redis.conf, ldap.conf, SQL.
  [WORDS, /(?<![A-Za-z0-9])bind_?pw(?:\s{0,3}[:=]\s{0,3}|\s{1,20})["']?(?![$<{%])[^\s"']{3,500}/i],
  [
    WORDS,
    /\b(?:machine\s{1,20}\S{1,200}|default)\s{1,20}login\s{1,20}\S{1,200}\s{1,20}password\s{1,20}(?![$<{%])\S{3,200}/,
  ],
  [COMMANDS, /\b(?:requirepass|masterauth)\s{1,5}(?![$<{%])["']?[^\s"']{3,500}/i],
  [WORDS, /\b(?:PASSWORD|IDENTIFIED\s{1,5}(?:WITH\s{1,5}\w{1,40}\s{1,5})?BY)\s{1,5}'(?![$<{%])[^']{3,500}'/i],
  [
    WORDS,
    /\b(?:PASSWORD\s{1,5}\$\w{0,20}\$|SET\s{1,5}PASSWORD(?:\s{1,5}FOR\s{1,5}\S{1,100})?\s{0,5}=\s{0,5}(?:PASSWORD\()?')(?![$<{%])[^'$]{3,500}/i,
  ],
  // ODBC and JDBC: a value in braces may hold a semicolon; {NAME} is a placeholder.
  [
    WORDS,
    /\b(?:password|pwd)\s{0,3}=\s{0,3}\{(?![{%])(?=[^}]{0,200}[^\w}])[^{}]{3,200}\}|\b(?:password|pwd)\s{0,3}=\s{0,3}\{(?=[a-z_]{0,100}\d)[\w]{6,200}\}(?=;|$)/i,
  ],
  [
    COMMANDS,
    /\b(?:[Ss]et-)?[Cc]ookie["']?\s{0,3}:\s{0,3}["']?(?=[\w.-]{0,60}(?:[Ss]ess|[Tt]oken|[Aa]uth|sid|SID))[\w.-]{1,80}=(?![$<{%])[^\s;"']{8,500}/,
  ],
  [COMMANDS, /\bSignature=[0-9a-f]{64}\b/],
  [
    COMMANDS,
    /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:token|apikey|bearer|geniekey)\s{1,3}[\w.+/=-]{8,500}/i,
  ],
  [
    ASSIGNED,
    /(?:[?&]|%3F|%26)(?:token|pass)(?:=|%3D)(?=[\w.~+/-]{0,15}\d)(?=[\w.~+/-]{0,15}[A-Za-z])[\w.~+/-]{6,500}/i,
  ],
  [
    COMMANDS,
    /[?&](?:token|key|code|sig|signature|auth|secret|sas|x-goog-signature|x-amz-signature)=(?![$<{%])[^&\s"'<]{16,}/i,
  ],
  // libpq, JDBC, ADO, query parameters, YAML, TOML, INI, JSON and JSON in JSON.
  [WORDS, new RegExp(`(?<![\\w-])[\\w.-]{0,40}?${WORD}\\\\{0,15}["']?${IS}${VALUE}`, "i")],
  // Keys whose names say no more than that: at least the letters and digits of a generated one.
  [
    ASSIGNED,
    new RegExp(
      `(?:[Ff]ernet|FERNET|[Ee]ncryption|ENCRYPTION|[Ss]igning|SIGNING|[Mm]aster|MASTER|[Hh]mac|HMAC|[Jj]wt|JWT|[Ss]ession|SESSION|[Cc]ookie|COOKIE|[Pp]reshared|[Pp]re[_-]shared|[Ss]ecret|SECRET)[_-]?(?:[Kk]ey|KEY)(?:_BASE|_base)?\\\\{0,3}["']?\\s{0,3}[:=]>?\\s{0,3}\\\\{0,3}["']?(?!${NO_VALUE})(?:${RANDOM_KEY})`,
    ),
  ],
  // Options of a command; pairs of a name and its value.
  [
    WORDS,
    new RegExp(
      `(?<![\\w-])--(?:[a-z]{1,20}-){0,2}(?:${WORD}\\s{1,5}(?!-)${VALUE}|(?:token|secret)\\s{1,5}(?=[a-z.-]{0,100}\\d)[\\w+/=.!-]{8,500})`,
      "i",
    ),
  ],
  [
    WORDS,
    new RegExp(
      `\\b(?:name|key)\\\\{0,3}["']?\\s{0,3}[:=]\\s{0,3}\\\\{0,3}["']?[\\w.-]{0,40}?${WORD}\\\\{0,3}["']?[\\s,]{1,20}\\\\{0,3}["']?value\\\\{0,3}["']?${IS}${VALUE}`,
      "i",
    ),
  ],
  [WORDS, new RegExp(`(?<=<${WORD}>)(?!${NO_VALUE})[^<]{3,500}`, "i")],
  // Words that are names of secrets as often: the value must look like no name.
  [
    ASSIGNED,
    new RegExp(
      `(?<![A-Za-z0-9])(?:[\\w-]{0,40}[_-])?(?:[Pp]ass|[Ss]ecret|[Tt]oken|[Cc]redentials|[a-z]{2,20}(?:Token|Secret))["']?\\s{0,3}[:=]>?\\s{0,3}["']?(?!${NO_VALUE})${RANDOM}`,
    ),
  ],
  // A last word of a longer name: ansible_ssh_pass=..., default_pass = ...; with a digit, which names rarely have.
  [
    ASSIGNED,
    new RegExp(
      `(?<![\\w-])[a-z][\\w.-]{0,40}[_.-]pass["']?\\s{0,3}[:=]\\s{0,3}["']?(?!${NO_VALUE})(?=[a-z!@#%^&*.-]{0,60}\\d)[^\\s"'$<{;&,\\\\]{6,500}`,
      "i",
    ),
  ],
  [ASSIGNED, /\bAPP_KEY=(?:base64:)?[A-Za-z0-9+/]{40,}={0,2}/],
  // In scripts and .env files.
  [
    ASSIGNED,
    new RegExp(`\\b\\w{0,60}(?:TOKEN|SECRET|PASS|REDISCLI_AUTH)=["']?(?!${NO_VALUE})[^\\s"'$<{]{3,500}`),
  ],
];

import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { verify } from "../../commands/verify/index.ts";
import { masked } from "../../reporting/mask.ts";
import { redacted } from "../../reporting/redacted.ts";
import { isSecretText, withoutSecretTexts } from "../../resources/index.ts";
import { reviewMarkdown } from "../../review/report/markdown.ts";
import { comparePlans } from "../../review/review-plans.ts";
import { plainSecret } from "../../rules/identity/plain-secret.ts";
import type { Rule } from "../../rules/rule.ts";
import { runRules } from "../../rules/run.ts";
import { ruleTexts } from "../../rules/texts.ts";
import { folderOf } from "../graph/support.ts";
import { check, graphOf } from "../rules/support.ts";

const repeated = (text: string, count: number): string => text.repeat(count);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const hex = (text: string): string => Buffer.from(text).toString("hex");

/** Texts that hold a secret, and the secret in them. The tokens are made up, and put together so that no scanner finds them here. */
const TEXTS: readonly (readonly [string, string, string])[] = [
  ["libpq", "host=db user=app password=hunter2 dbname=orders", "hunter2"],
  ["JDBC", "jdbc:postgresql://db:5432/orders?user=app&password=hunter2", "hunter2"],
  ["ADO", "Server=db;Database=orders;User Id=app;Password=hunter2;", "hunter2"],
  ["ADO, short", "Server=db;Uid=app;Pwd=hunter2;", "hunter2"],
  ["YAML", "db:\n  password: hunter2\n", "hunter2"],
  ["TOML", 'password = "hunter2"', "hunter2"],
  ["INI", "[db]\ndb_password=hunter2", "hunter2"],
  ["JSON", '{"dbPassword": "hunter2"}', "hunter2"],
  ["JSON in JSON", '{"a": "{\\"password\\": \\"hunter2\\"}"}', "hunter2"],
  ["curl", "curl -s -u app:hunter2 https://example.com", "hunter2"],
  ["Basic", `Authorization: Basic ${Buffer.from("app:hunter2").toString("base64")}`, "YXBwOmh1bnRlcjI"],
  ["Bearer", "Authorization: Bearer abcdef.123456", "abcdef.123456"],
  ["query parameter", "https://example.com/a?x=1&access_token=hunter2hunter2", "hunter2hunter2"],
  ["URL", "postgres://app:hunter2@10.0.0.3/orders", "hunter2"],
  ["Google OAuth", `GOCSPX${repeated("-a1B2c3D4", 3)}`, "a1B2c3D4"],
  ["SendGrid", `SG${repeated(".a1B2c3D4e5F6g7H8i9", 2)}`, "a1B2c3D4"],
  ["Stripe, restricted", `rk_${"live"}_${repeated("a1B2c3D4", 3)}`, "a1B2c3D4"],
  ["OpenAI", `sk-${repeated("a1B2c3D4", 6)}`, "a1B2c3D4"],
  ["Vault", `hvs.${repeated("a1B2c3D4", 4)}`, "a1B2c3D4"],
  ["AWS", `AKIA${repeated("ABCD", 4)}`, "ABCDABCD"],
  ["GitHub", `ghp_${repeated("a1B2", 9)}`, "a1B2a1B2"],
  ["Slack webhook", "https://hooks.slack.com/services/T000/B000/XXXX", "B000"],
  ["XML", "<password>hunter2</password>", "hunter2"],
  ["Ruby", ":password => 'hunter2'", "hunter2"],
  ["Azure storage", "AccountName=a;AccountKey=hunter2hunter2==;EndpointSuffix=x", "hunter2"],
  ["an .env file", "DB_PASS=hunter2", "hunter2"],
  ["a random value of a common word", "jwt_secret: a1B2c3D4", "a1B2c3D4"],
  ["a token in camel case", 'apiToken: "a1B2c3D4"', "a1B2c3D4"],
  ["redis-cli", "redis-cli -h db -a hunter2 PING", "hunter2"],
  ["mysql", "mysql -uroot -phunter2 orders", "hunter2"],
  ["authorization by token", "authorization: token hunter2hunter2", "hunter2hunter2"],
  ["Docker's auth", `{"auth": "${Buffer.from("app:hunter2").toString("base64")}"}`, "YXBwOmh1bnRlcjI"],
  ["npm's _auth", `_auth=${Buffer.from("app:hunter2").toString("base64")}`, "YXBwOmh1bnRlcjI"],
  ["Telegram", `https://api.telegram.org/bot123456789:AA${repeated("a1B2c3D4", 5)}/send`, "a1B2c3D4"],
  ["PagerDuty", "https://events.pagerduty.com/integration/abc123/enqueue", "abc123"],
  ["PGP", `-----BEGIN PGP ${"PRIVATE"} KEY BLOCK-----\nhunter2\n`, "hunter2"],
  ["Discord webhook", "https://discord.com/api/webhooks/123/abc", "abc"],
  ["a token as the user of a URL", "https://a1B2c3D4e5F6g7H8@git.example.com/orders.git", "a1B2c3D4"],
  ["a token of letters and digits", "git+https://a1b2c3d4e5f6g7h8i9j0@git.example.com/x", "a1b2c3d4"],
  ["a token and no password", "https://a1B2c3D4e5F6g7H8:@api.example.com/", "a1B2c3D4"],
  ["an encoded URL", "url=postgres%3A%2F%2Fapp%3Ahunter2%40db", "hunter2"],
  ["an encoded parameter", "next=%2Flogin%3Fpassword%3Dhunter2%26a", "hunter2"],
  [".netrc", "machine git.example.com login app password hunter2", "hunter2"],
  ["redis.conf", "requirepass hunter2", "hunter2"],
  ["SQL", "CREATE USER app WITH PASSWORD 'hunter2'", "hunter2"],
  ["SQL of MySQL", "CREATE USER app IDENTIFIED BY 'hunter2'", "hunter2"],
  ["an option", "wget --http-password hunter2 x", "hunter2"],
  ["an option of a token", "login --token hunter2hunter2", "hunter2"],
  ["a block of YAML", "password: >-\n  hunter2\n", "hunter2"],
  ["a value with spaces", 'password="hunter2 and more"', "and more"],
  ["a pair in JSON", '{"name": "DB_PASSWORD", "value": "hunter2"}', "hunter2"],
  ["a pair in YAML", "- name: DB_PASSWORD\n  value: hunter2", "hunter2"],
  ["a pair in XML", '<property name="db.password" value="hunter2"/>', "hunter2"],
  ["GitLab's header", "Private-Token: hunter2hunter2", "hunter2"],
  ["base64 of a file", `content: ${Buffer.from("password=hunter2").toString("base64")}`, "cGFzc3dvcmQ"],
  ["Docker Hub", `dckr_pat_${repeated("a1B2c3D4", 4)}`, "a1B2c3D4"],
  ["Terraform Cloud", `a1B2c3D4e5F6g7.atlasv1.${repeated("a1B2c3D4", 8)}`, "a1B2c3D4"],
  ["JDBC of Oracle", "jdbc:oracle:thin:app/hunter2@db:1521/orders", "hunter2"],
  ["an @ in a password", "postgres://app:hun@ter2@db/orders", "ter2"],
  ["a tag of YAML", "password: !!str hunter2", "hunter2"],
  ["an anchor of YAML", "password: &db hunter2", "hunter2"],
  ["TOML's lines", 'password = """hunter2"""', "hunter2"],
  ["curl by a proxy", "curl --proxy-user app:hunter2 https://example.com", "hunter2"],
  ["docker login", "docker login -u app -p hunter2 registry.example.com", "hunter2"],
  ["basic", `authorization: basic ${Buffer.from("app:hunter2").toString("base64")}`, "YXBwOmh1bnRlcjI"],
  ["bearer", "authorization: bearer hunter2hunter2", "hunter2hunter2"],
  ["Stripe's webhooks", `whsec_${repeated("a1B2c3D4", 4)}`, "a1B2c3D4"],
  ["Zapier webhook", "https://hooks.zapier.com/hooks/catch/123/abc", "123"],
  ["hexadecimal of a file", `content: ${hex("db_password=hunter2\n")}`, "68756e746572"],
  ["hexadecimal, upper case", hex("password=hunter2").toUpperCase(), "68756E746572"],
  ["bytea of SQL", `'\\x${hex("password=hunter2")}'`, "68756e746572"],
  ["base64 of base64", base64(base64("password=hunter2")), "Y0dGemMzZHZjbQ"],
  ["base64 of hexadecimal", base64(hex("password=hunter2")), base64(hex("password=hunter2"))],
  ["htpasswd with bcrypt", `admin:$2y$05$${repeated("a1B2c3D4", 7).slice(0, 53)}`, "a1B2c3D4"],
  ["bcrypt in a Compose file", `admin:$$2y$$05$$${repeated("a1B2c3D4", 7).slice(0, 53)}`, "a1B2c3D4"],
  ["htpasswd with Apache's MD5", `admin:$apr1$a1B2c3D4$${repeated("a1B2c3D4", 3).slice(0, 22)}`, "a1B2c3D4"],
  ["htpasswd with SHA-1", `admin:{SHA}${base64("a".repeat(20))}`, "YWFh"],
  ["a line of shadow", `root:$6$a1B2c3D4$${repeated("a1B2c3D4", 11).slice(0, 86)}:19000:0`, "a1B2c3D4"],
  ["Argon2", `$argon2id$v=19$m=65536,t=3,p=4$${repeated("a1B2", 4)}$${repeated("a1B2", 8)}`, "a1B2a1B2"],
  ["a hash of Django's", `pbkdf2_sha256$260000$a1B2c3D4$${repeated("a1B2", 10)}=`, "a1B2a1B2"],
  ["SCRAM", `SCRAM-SHA-256$4096:a1B2c3D4$${repeated("a1B2", 10)}=:${repeated("a1B2", 10)}=`, "a1B2a1B2"],
  ["Fernet", `AIRFLOW__CORE__FERNET_KEY=${base64("\u0001kq9z".repeat(7))}`, base64("\u0001kq9z".repeat(7))],
  ["a signing key in hexadecimal", `signing_key: ${repeated("a1b2c3d4", 4)}`, "a1b2c3d4"],
  ["an encryption key in camel case", `"encryptionKey": "${repeated("a1B2c3D4", 4)}"`, "a1B2c3D4"],
  [
    "PuTTY",
    `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${repeated("a1B2", 12)}\nPrivate-MAC: ${repeated("a1b2", 16)}\n`,
    "a1B2a1B2",
  ],
  [
    "PuTTY in JSON",
    `"Private-Lines: 1\\n${repeated("a1B2", 12)}\\nPrivate-MAC: ${repeated("a1b2", 16)}"`,
    "a1B2a1B2",
  ],
  ["a JSON Web Key", `{"kty":"EC","d":"${repeated("a1B2", 11)}"}`, "a1B2a1B2"],
  ["Supabase", `sbp_${repeated("a1b2c3d4", 5)}`, "a1b2c3d4"],
  ["Supabase, new", `sb_secret_${repeated("a1B2c3D4", 4)}`, "a1B2c3D4"],
  ["Tailscale", `tskey-auth-${repeated("a1B2", 4)}-${repeated("a1B2", 8)}`, "a1B2a1B2"],
  ["Notion", `ntn_12345678901${repeated("a1B2c", 7)}`, "a1B2c"],
  ["Figma", `figd_${repeated("a1B2c3D4", 5)}`, "a1B2c3D4"],
  ["Sonar", `squ_${repeated("a1b2c3d4", 5)}`, "a1b2c3d4"],
  ["PlanetScale", `pscale_pw_${repeated("a1B2c3D4", 5)}`, "a1B2c3D4"],
  ["OpenShift", `sha256~${repeated("a1B2c3D4", 6).slice(0, 43)}`, "a1B2c3D4"],
  ["Dynatrace", `dt0c01.${repeated("A1B2", 6)}.${repeated("A1B2", 16)}`, "A1B2A1B2"],
  ["Heroku", `HRKU-AA${repeated("a1B2c3D4", 8).slice(0, 58)}`, "a1B2c3D4"],
  ["Groq", `gsk_${repeated("a1B2c3D4", 6)}`, "a1B2c3D4"],
  ["a slash in a password", "postgres://app:hun/ter2@10.0.0.3/orders", "ter2"],
  ["a slash and digits in one", "amqps://app:4hun/ter2@mq:5671/", "ter2"],
  ["Go's MySQL", "app:hunter2@tcp(10.0.0.3:3306)/orders", "hunter2"],
  ["a short token of a query", "https://example.com/hook?x=1&token=hunter2", "hunter2"],
  ["an encoded token of a query", "next=%2Fhook%3Ftoken%3Dhunter2", "hunter2"],
  ["htpasswd's command", "htpasswd -nbB admin hunter2", "hunter2"],
  ["htpasswd's command for a file", "htpasswd -b /etc/users admin hunter2", "hunter2"],
  ["openssl", "openssl rsa -in key.pem -passin pass:hunter2", "hunter2"],
  ["keytool", "keytool -list -storepass hunter2 -keystore a.jks", "hunter2"],
  ["aws configure", `aws configure set aws_secret_access_key ${repeated("a1B2c3D4", 5)}`, "a1B2c3D4"],
  ["ldapsearch", "ldapsearch -x -D cn=admin -w hunter2", "hunter2"],
  ["sqlplus", "sqlplus app/hunter2@db:1521/orders", "hunter2"],
  ["a cookie", "Cookie: sessionid=hunter2hunter2", "hunter2"],
  ["a signature of AWS", `Credential=x, Signature=${repeated("a1b2c3d4", 8)}`, "a1b2c3d4"],
  ["JDBC in braces", "jdbc:sqlserver://db;user=app;password={hunter2;x};encrypt=true", "hunter2"],
  ["ODBC in braces", "DRIVER={x};SERVER=db;UID=app;PWD={hunter2};", "hunter2"],
  ["curl's options in one word", "curl -fsSLu app:hunter2 https://example.com", "hunter2"],
  ["curl as a list", '["curl", "-u", "app:hunter2", "https://example.com"]', "hunter2"],
  ["Basic in a URL", `Authorization=Basic%20${base64("app:hunter2")}`, "YXBwOmh1bnRlcjI"],
  ["JSON, four times", JSON.stringify(JSON.stringify(JSON.stringify('{"password":"hunter2"}'))), "hunter2"],
  ["Go", 'password := "hunter2"', "hunter2"],
  ["PHP", "define('DB_PASSWORD', 'hunter2');", "hunter2"],
  ["a Dockerfile", "FROM x\nENV DB_PASSWORD hunter2", "hunter2"],
  ["mongosh", "mongosh -u app -p hunter2", "hunter2"],
  ["sqlcmd", "sqlcmd -S db -U sa -P hunter2", "hunter2"],
  ["chpasswd", "echo 'app:hunter2' | chpasswd", "hunter2"],
  ["chpasswd by sudo", "echo app:hunter2 | sudo chpasswd", "hunter2"],
  ["passwd", "echo hunter2 | passwd --stdin app", "hunter2"],
  ["cloud-init", "chpasswd:\n  expire: false\n  list: |\n    root:hunter2\n", "hunter2"],
  ["Ansible", "ansible_ssh_pass=hunter2", "hunter2"],
  ["RabbitMQ", "default_pass = hunter2", "hunter2"],
  ["ldap.conf", "bindpw hunter2", "hunter2"],
  ["LDAP", "LDAP_BIND_PW=hunter2", "hunter2"],
  ["SQL of MySQL 8", "ALTER USER app IDENTIFIED WITH mysql_native_password BY 'hunter2'", "hunter2"],
  ["SQL of an assignment", "SET PASSWORD FOR app = 'hunter2'", "hunter2"],
  ["SQL between dollars", "ALTER ROLE app PASSWORD $$hunter2$$", "hunter2"],
  ["Laravel", `APP_KEY=base64:${repeated("a1B2", 10)}abc=`, "a1B2a1B2"],
  ["Rails", `secret_key_base: ${repeated("a1b2c3d4", 16)}`, "a1b2c3d4"],
  ["Google's refresh token", `1//0g${repeated("a1B2c3D4", 8)}`, "a1B2c3D4"],
  ["Buildkite", `bkua_${repeated("a1b2c3d4", 5)}`, "a1b2c3d4"],
  [
    "base64 of UTF-16, as of PowerShell",
    Buffer.from("password=hunter2", "utf16le").toString("base64"),
    "cABhAHMAcwB3",
  ],
  [
    "base64 in lines",
    base64(`${repeated("some text ", 5)}and password=hunter2 in the next line`).replace(/.{76}/, "$&\n"),
    "aHVudGVyMg",
  ],
];

/** Texts that only look like one. */
const HARMLESS = [
  "https://some-user@bitbucket.org/acme/orders.git",
  "https://service-account-01@git.example.com/x",
  "https://0a1b2c3d4e5f60718293a4b5c6d7e8f9@o123.ingest.sentry.io/450",
  "https://registry.example.com/@scope/a-package-of-2026@1.2.3",
  "https://${TOKEN}@git.example.com",
  "run it with --password-file /run/password and --token-format jwt",
  "login --password ${PASSWORD} --token $TOKEN",
  "name: DB_PASSWORD\nvalueFrom: orders",
  "projects/acme-production-2026/locations/europe-west1",
  "Basic authentication is required",
  "Basic Authentication Service",
  "token: ${TOKEN}",
  "password: {{ .Values.password }}",
  "password=<password>",
  "secret: projects/p/secrets/api-key",
  "password: true",
  "https://example.com/?key=orders",
  "postgres://app:${PASSWORD}@db/orders",
  "postgres://app:***@db/orders",
  "task-europe-west1-blue-green-and-more",
  "sk-europe-west1-cluster-blue-and-green",
  "api_key=var.key",
  "secret: orders-db-2026",
  "secretName: web-tls-2026",
  "token: unknown",
  "passthrough: true",
  'password = "" # it has none',
  "postgres://app:***@db/orders?owner=me@example.com",
  "ask for basic authentication: bearer authentication is for others",
  "pass through the token bucket of 2026",
  "credentials: include",
  "mysql -h db -u app -p orders",
  "<password>${PASSWORD}</password>",
  // Each next to one of the forms above.
  `sha256:${repeated("a1b2c3d4", 8)}`,
  `commit ${repeated("61626364", 5)}`,
  hex("the region is europe-west1 and more"),
  `0x${repeated("2f", 20)}`,
  "costs $1 and $2 per month, $5$ for both",
  "$2y$05$ is how bcrypt begins, {SHA} how SHA-1 does",
  "users: admin:$apr1$...",
  "AIRFLOW__CORE__FERNET_KEY=${FERNET_KEY}",
  "fernet_key: projects/acme/secrets/fernet-key-of-production-2026",
  "signing_key: my-signing-key-in-europe-west1-of-2026",
  "encryption_key: default",
  'encryption_key = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/orders-2026"',
  "PuTTY-User-Key-File is what PuTTY writes",
  "Private-Lines: are in PuTTY's files",
  '{"d": "M0 0h24v24H0z"}',
  "sbp_orders_2026",
  "sb_secret_name",
  "a sha256~ prefix of OpenShift",
  "https://example.com:8443/@scope/package@1.2.3",
  "docker://registry:5000/team/app@sha256:0a1b2c3d",
  "oci://europe-west1-docker.pkg.dev/acme/charts/app@sha256:0a1b2c3d",
  "https://[::1]:8080/users/@me",
  "http://api:8080/users/me@example.com",
  "https://api.example.com:443/v1/users/me@example.com",
  "git::https://git.example.com/modules.git//vpc?ref=v1.2.3",
  "see http://a.example.com: mail to b/c@example.com",
  "mysql connects to @tcp(10.0.0.3:3306)/orders",
  "${user}:${password}@tcp(10.0.0.3:3306)/orders",
  "https://example.com/hook?token=unknown&x=1",
  "https://example.com/hook?token=${TOKEN}",
  "https://example.com/authorize?auth=oauth2&pass=through",
  "htpasswd -b /etc/users admin $PASSWORD",
  "openssl rsa -passin pass:$PASSWORD",
  "keytool -storepass ${PASSWORD}",
  "Cookie: the header that a browser sends",
  "Set-Cookie: theme=dark-and-more-2026",
  "session_key: orders",
  "the API-GATEWAY of 2026",
  "Driver={PostgreSQL Unicode};Pwd={PASSWORD};",
  "jdbc:sqlserver://db;password={password};",
  "PWD={0};",
  "curl -fsSL https://example.com",
  'curl -su "$USER:$PASSWORD" https://example.com',
  "mongosh --port 27017 -u app -p",
  "sqlcmd -S db -P $PASSWORD",
  'echo "app:$PASSWORD" | chpasswd',
  "user:group is no input of chpasswd",
  "define('DB_PASSWORD', getenv('DB_PASSWORD'));",
  "ENV DB_PASSWORD",
  "ENV DB_PASSWORD ${PASSWORD}",
  "default_pass: through",
  "high_pass = filter",
  "bindpw ${PASSWORD}",
  "SET PASSWORD FOR app = '${password}'",
  "APP_KEY=orders",
  "https://example.com/1//0g",
  'required = ["password", "username"]',
  "pat.example.com and sat.example.com",
];

describe("a secret is known by its form", () => {
  test.each(TEXTS)("%s", (_, text, secret) => {
    expect(isSecretText(text)).toBe(true);
    expect(withoutSecretTexts(text, "(sensitive)")).not.toContain(secret);
  });

  test.each(HARMLESS)("%s holds none", (text) => {
    expect(withoutSecretTexts(text, "(sensitive)")).toBe(text);
  });

  test("and no sentence of the rule book holds one", () => {
    const texts = ruleTexts.flatMap(({ why, limit, fix }) => [why, limit, fix]);
    expect(texts.filter((text) => withoutSecretTexts(text, "(sensitive)") !== text)).toEqual([]);
  });

  test.each([
    "a.",
    "eyJ-",
    "SG.",
    "-----BEGIN PRIVATE KEY-----",
    "curl ",
    "password",
    "Basic ",
    "&key=",
    "https://a1",
    "--token a1",
    "name: password ",
    "default login a password ",
    "htpasswd -b a b ",
    "Private-Lines: 1 a ",
    "a://a:b/",
    "$apr1$a$",
    "$6$rounds=1$a",
    ":a@",
    "signing_key",
    "Cookie: a",
    "sqlplus a/",
    "ldapsearch -w ",
    "?token=a",
    "6162",
    "x2f",
    "WVdKag",
    "scrypt:1:1:1$",
    "echo ",
    "a:bcd ",
    "a:bcd | ",
    "chpasswd: list: | ",
    "a:bcd\n",
    "define('PASSWORD', ",
    "\nENV PASSWORD ",
    "mongo -p ",
    "a_pass=a1",
    "SET PASSWORD FOR ",
    "pwd={a;",
    `${repeated("a1B2", 19)}\n`,
    "bindpw ",
    "curl -u ",
    'curl "-u" , ',
    '\\\\\\"password',
  ])("in time that grows with the text: %s", (piece) => {
    const started = process.cpuUsage().user;
    isSecretText(piece.repeat(20_000));
    expect(process.cpuUsage().user - started).toBeLessThan(3_000_000);
  });
});

describe("identity/plain-secret", () => {
  const found = (value: string) =>
    check(plainSecret, {
      google_cloud_run_v2_service: {
        web: {
          name: "web",
          location: "europe-west1",
          template: { containers: [{ image: "x", env: [{ name: "SETTING", value }] }] },
        },
      },
    });

  test.each(TEXTS)("reports %s", (_, text, secret) => {
    const [finding, ...more] = found(text);
    expect(more).toEqual([]);
    expect(finding?.message).toMatch(
      /^environment variable SETTING has a (URL with a password|text with a secret) as plain value/,
    );
    expect(finding?.message).not.toContain(secret);
  });

  test.each(HARMLESS)("does not report %s", (text) => {
    expect(found(text.replaceAll("${", "$${"))).toEqual([]);
  });
});

describe("a sensitive value is masked in every encoding", () => {
  const SECRET = 'Tr0ub4dor<&> "3"';
  const json = JSON.stringify(SECRET).slice(1, -1);

  test.each([
    ["plain", SECRET],
    ["JSON", json],
    [
      "JSON as Go writes it",
      json.replaceAll("<", "\\u003c").replaceAll("&", "\\u0026").replaceAll(">", "\\u003e"),
    ],
    ["JSON in JSON", JSON.stringify(json).slice(1, -1)],
    ["base64", base64(SECRET)],
    ["base64 of user:secret", base64(`app:${SECRET}`)],
    ["base64 of u:secret", base64(`u:${SECRET}`)],
    ["base64 of more", base64(`{"password":"${SECRET}","x":1}`)],
    ["base64 of base64", base64(base64(SECRET))],
    ["base64 of base64 of more", base64(`data: ${base64(`x${SECRET}`)}`)],
    ["base64 of UTF-16, as of PowerShell", Buffer.from(`p=${SECRET}`, "utf16le").toString("base64")],
    ["upper case", SECRET.toUpperCase()],
    ["lower case", SECRET.toLowerCase()],
    ["JSON, three times", JSON.stringify(JSON.stringify(json).slice(1, -1)).slice(1, -1)],
    ["a URL in a URL", encodeURIComponent(encodeURIComponent(SECRET))],
    ["base64 of JSON", base64(`{"password":"${json}"}`)],
    ["base64 of a URL", base64(encodeURIComponent(SECRET))],
    ["XML", SECRET.replace("<", "&lt;").replace("&>", "&amp;&gt;")],
    ["an attribute of XML", SECRET.replace("<", "&lt;").replace("&>", "&amp;&gt;").replaceAll('"', "&quot;")],
    ["base64url", Buffer.from(SECRET).toString("base64url")],
    ["hexadecimal", Buffer.from(SECRET).toString("hex")],
    ["hexadecimal, upper case", Buffer.from(SECRET).toString("hex").toUpperCase()],
    ["URL", encodeURIComponent(SECRET)],
    ["form", encodeURIComponent(SECRET).replaceAll("%20", "+")],
  ])("%s", (_, written) => {
    const { message } = redacted({ message: `is "${written}"; rejected` }, new Set([SECRET]));
    expect(message).toBe('is "(sensitive)"; rejected');
  });

  test.each([0, 1_000_000])("at the end of %d characters of base64", (length) => {
    const { message } = redacted(
      { message: `is ${"A".repeat(length)}${base64(`app:${SECRET}`)} here` },
      new Set([SECRET]),
    );
    expect(message).toBe("is (sensitive) here");
  });

  test.each([
    ["XML", "it&#39;s ${a} %{b} \u00e9"],
    ["XML with names", "it&apos;s ${a} %{b} \u00e9"],
    ["YAML and SQL", "it''s ${a} %{b} \u00e9"],
    ["a shell", "it'\\''s ${a} %{b} \u00e9"],
    ["a shell, in other quotes", `it'"'"'s \${a} %{b} \u00e9`],
    ["HCL", "it's $${a} %%{b} \u00e9"],
    ["JSON as Python writes it", "it's ${a} %{b} \\u00e9"],
  ])("with other signs in %s", (_, written) => {
    const { message } = redacted({ message: `is [${written}]` }, new Set(["it's ${a} %{b} \u00e9"]));
    expect(message).toBe("is [(sensitive)]");
  });

  test("one line of many", () => {
    const key = "-----BEGIN KEY-----\nMIIBOgIBAAJBAKj34GkxFhD9\n-----END KEY-----\n";
    const { message } = redacted({ message: "line MIIBOgIBAAJBAKj34GkxFhD9 is" }, new Set([key]));
    expect(message).toBe("line (sensitive) is");
  });

  test("a short one where it stands alone, and no word of the language", () => {
    const secrets = new Set(["p4ss", "true", "10", "prod"]);
    const { message } = redacted({ message: '"p4ss" in prod is true, 10 and p4ssage' }, secrets);
    expect(message).toBe('"(sensitive)" in prod is true, 10 and p4ssage');
  });
});

describe("the value of an option", () => {
  const found = new Set<string>();
  const shown = (args: readonly string[]): unknown => masked({ args }, undefined, found);

  test.each([
    [
      ["serve", "--db-password", "Hunter2_Secret"],
      ["serve", "--db-password", "(sensitive)"],
    ],
    [
      ["-password", "hunter", "--api-key", "a1"],
      ["-password", "(sensitive)", "--api-key", "(sensitive)"],
    ],
  ])("%j is masked", (args, expected) => {
    expect(shown(args)).toEqual({ args: expected });
    expect(found).not.toContain("hunter");
  });

  test.each([
    [["--password", "--verbose"]],
    [["--password", "$(DB_PASSWORD)"]],
    [["--password-file", "/run/password"]],
    [["password", "username"]],
    [["--region", "us-central1"]],
  ])("%j has none", (args) => {
    expect(shown(args)).toEqual({ args });
  });
});

describe("a secret that a text was cut in", () => {
  const SECRET = "Hunter2_of_the_orders_database";

  test.each([
    [`the value begins with ${SECRET.slice(0, 12)}…`, "the value begins with (sensitive)…"],
    [`"${SECRET.slice(0, 20)}..." was not understood`, '"(sensitive)..." was not understood'],
    [`it is ${SECRET.slice(0, 20)} ...`, "it is (sensitive) ..."],
    [`…${SECRET.slice(-9)} is the end`, "…(sensitive) is the end"],
    [`${SECRET.slice(0, 8)}…${SECRET.slice(-8)}`, "(sensitive)…(sensitive)"],
    ["Hunt…base and Hunter …", "Hunt…base and Hunter …"],
  ])("%s", (cut, shown) => {
    expect(redacted({ message: cut }, new Set([SECRET])).message).toBe(shown);
  });

  test("in a proposal for a name", () => {
    const { fix } = redacted(
      { fix: 'Write for example "x-hunter2-of-the-orders-database".' },
      new Set([SECRET]),
    );
    expect(fix).toBe('Write for example "x-(sensitive)".');
  });

  test("by the length of a message, of a token as well", () => {
    const long = `${"x ".repeat(990)}npm_${repeated("a1B2c3D4e", 4)}`;
    const quoting: Rule = {
      ...plainSecret,
      *check(graph) {
        for (const resource of graph.all()) yield { resource, message: String(resource.string("name")) };
      },
    };
    const [{ message = "" } = {}] = runRules(graphOf({ google_compute_network: { a: { name: long } } }), [
      quoting,
    ]);
    expect(message).toContain("(sensitive)");
    expect(message).not.toContain("npm_");
  });
});

describe("a key of for_each that is a secret", () => {
  const [ONE, OTHER, TOKEN] = ["Hunter2_Secret", "Hunter2_Other", `ghp_${repeated("a1B2", 9)}`];
  const instance = (key: string): object => ({
    address: `google_sql_database_instance.i["${key}"]`,
    mode: "managed",
    type: "google_sql_database_instance",
    name: "i",
    index: key,
    values: { name: `x-${key}`, region: "us-central1", database_version: "POSTGRES_16", root_password: key },
    sensitive_values: { root_password: true },
  });
  const resources = [ONE, OTHER, TOKEN].map(instance);
  const state = { format_version: "1.0", values: { root_module: { resources } } };

  test.each(["text", "json", "markdown", "html", "junit", "gitlab"])(
    "is numbered in verify's %s",
    async (format) => {
      let out = "";
      const write = (text: string): void => {
        out += text;
      };
      const cwd = folderOf({ "state.json": JSON.stringify(state) });
      const run = { cwd, today: "2026-03-01", variables: {}, colors: false, version: "1.2.3" };
      await verify([join(cwd, "state.json"), "--format", format], { ...run, write, writeError: write });
      for (const number of [1, 2, 3]) expect(out).toContain(`(sensitive ${number})`);
      expect(out).toContain("terraform state list");
      expect(out).not.toMatch(/hunter2|ghp_a1B2/i);
    },
  );

  test("is numbered alike in a review, its page and what Terraform writes while it applies", () => {
    const { review, redact } = comparePlans({
      environment: { name: "staging", waivers: [], acknowledgements: [] },
      today: "2026-03-01",
      stacks: [
        {
          name: "data",
          plan: {
            format_version: "1.2",
            terraform_version: "1.11.4",
            planned_values: { root_module: {} },
            prior_state: state,
            resource_changes: resources.map((resource) => {
              const { values, sensitive_values, ...rest } = resource as Record<string, unknown>;
              const change = {
                actions: ["delete"],
                before: values,
                after: null,
                before_sensitive: sensitive_values,
              };
              return { ...rest, change: { ...change, after_unknown: {}, after_sensitive: false } };
            }),
            configuration: {},
          },
        },
      ],
    });
    const addresses = [1, 2, 3].map((number) => `google_sql_database_instance.i["(sensitive ${number})"]`);
    expect(review.stacks.map(({ failure }) => failure)).toEqual([undefined]);
    expect(review.destructive.map(({ address }) => address).sort()).toEqual(addresses);
    const report = reviewMarkdown(review);
    for (const address of addresses) expect(report).toContain(address);
    expect(report).toContain("terraform state list");
    expect(report + JSON.stringify(review)).not.toMatch(/hunter2|ghp_a1B2/i);
    expect(redact(`google_sql_database_instance.i["${OTHER}"]: delete ...`)).toBe(
      'google_sql_database_instance.i["(sensitive 1)"]: delete ...',
    );
  });

  test("and one that is none stays", () => {
    const { address } = redacted({ address: 'google_sql_user.app["orders"]' }, new Set([ONE]));
    expect(address).toBe('google_sql_user.app["orders"]');
  });
});

describe("verify repeats nothing that Terraform marks as sensitive", () => {
  const NAME = "Hunter2_Secret";

  async function output(files: { readonly [path: string]: string }, path = ""): Promise<string> {
    let out = "";
    const write = (text: string): void => {
      out += text;
    };
    const cwd = folderOf(files);
    const run = { cwd, today: "2026-03-01", variables: {}, colors: false, version: "1.2.3" };
    await verify([join(cwd, path)], { ...run, write, writeError: write });
    expect(out).toContain("is not made of lowercase letters");
    return out;
  }
  const network = (name: string): string =>
    `resource "google_compute_network" "main" {\n  name = ${name}\n}\n`;

  test.each([
    ["a variable", `variable "n" {\n  sensitive = true\n  default = "${NAME}"\n}\n${network("var.n")}`],
    ["a value of sensitive()", network(`sensitive("${NAME}")`)],
    [
      "an attribute of that name",
      `${network(`"${NAME}"`)}resource "google_sql_user" "app" {\n  password = "${NAME}"\n}\n`,
    ],
  ])("of %s", async (_, text) => {
    expect(await output({ "main.tf": text })).not.toContain(NAME);
  });

  test.each(["base64gzip", "sha1", "strrev", "base64encode"])(
    "of a text that holds it, made unreadable by %s",
    async (name) => {
      const text = `variable "n" {\n  sensitive = true\n  default = "${NAME}"\n}\n${network(`"A-\${${name}("p\${var.n}")}"`)}`;
      const out = await output({ "main.tf": text });
      expect(out).toContain("(sensitive)");
      expect(out).not.toMatch(/H4sI|[0-9a-f]{40}|terceS|h1bnRlcj/);
    },
  );

  test.each(["upper(var.n)", "strrev(var.n)", 'join("-", ["a", var.n])', "substr(var.n, 0, 10)"])(
    "of %s",
    async (expression) => {
      const text = `variable "n" {\n  sensitive = true\n  default = "${NAME}"\n}\n${network(expression)}`;
      const out = await output({ "main.tf": text });
      expect(out).toContain("(sensitive)");
      expect(out).not.toMatch(/hunter|terceS/i);
    },
  );

  test.each([
    ["stringData", NAME],
    ["data", Buffer.from(NAME).toString("base64")],
  ])("of a Secret of Kubernetes in %s", async (part, value) => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n${part}: { any: ${value} }\n`;
    const manifest = `resource "kubernetes_manifest" "a" {\n  manifest = yamldecode(file("a.yaml"))\n}\n`;
    const text = await output({ "main.tf": network(`"${NAME}"`) + manifest, "a.yaml": secret });
    expect(text).not.toContain(NAME);
  });

  test("of a Secret of Terraform's", async () => {
    const secret = `resource "kubernetes_secret_v1" "a" {\n  data = { any = "${NAME}" }\n}\n`;
    expect(await output({ "main.tf": network(`"${NAME}"`) + secret })).not.toContain(NAME);
  });

  const values = { name: NAME };
  const address = {
    address: "google_compute_network.main",
    mode: "managed",
    type: "google_compute_network",
    name: "main",
  };
  const planned = (more: object): string =>
    JSON.stringify({
      format_version: "1.2",
      planned_values: { root_module: { resources: [{ ...address, values }] } },
      resource_changes: [
        { ...address, change: { actions: ["create"], before: null, after: values, after_unknown: {} } },
      ],
      configuration: {
        root_module: { resources: [{ ...address, expressions: { name: { constant_value: NAME } } }] },
      },
      ...more,
    });
  const change = {
    actions: ["create"],
    before: null,
    after: values,
    after_unknown: {},
    after_sensitive: { name: true },
  };

  test.each([
    ["a change", planned({ resource_changes: [{ ...address, change }] })],
    [
      "planned values",
      planned({
        planned_values: {
          root_module: { resources: [{ ...address, values, sensitive_values: { name: true } }] },
        },
      }),
    ],
    ["an output", planned({ output_changes: { o: { before: null, after: NAME, after_sensitive: true } } })],
    [
      "a variable of a plan",
      planned({
        variables: { n: { value: NAME } },
        configuration: {
          root_module: {
            variables: { n: { sensitive: true } },
            resources: [{ ...address, expressions: { name: { references: ["var.n"] } } }],
          },
        },
      }),
    ],
    [
      "a state",
      JSON.stringify({
        format_version: "1.0",
        values: { root_module: { resources: [{ ...address, values, sensitive_values: { name: true } }] } },
      }),
    ],
    [
      "a state file",
      JSON.stringify({
        version: 4,
        serial: 1,
        resources: [
          {
            ...address,
            provider: "",
            instances: [
              { attributes: values, sensitive_attributes: [[{ type: "get_attr", value: "name" }]] },
            ],
          },
        ],
      }),
    ],
  ])("of %s", async (_, text) => {
    expect(await output({ "input.json": text }, "input.json")).not.toContain(NAME);
  });
});

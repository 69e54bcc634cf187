import { text } from "./leaf.ts";

/** A name that becomes part of Google Cloud names: lower-case letters, digits and hyphens. */
export const name = (example: string) =>
  text({
    pattern: /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
    allowed: "a name of 1 to 40 lower-case letters, digits and hyphens that starts with a letter",
    fix: `write for example "${example}"`,
    placeholder: "placeholder",
  });

/** A Secret Manager id, which becomes the name of an environment variable. */
export const secretName = text({
  pattern: /^[A-Za-z][A-Za-z0-9_-]{0,254}$/,
  allowed: "a secret id of 1 to 255 letters, digits, hyphens and underscores that starts with a letter",
  fix: 'write for example "jwt-signing-key"',
});

/** A PostgreSQL identifier. */
export const identifier = (example: string) =>
  text({
    pattern: /^(?!(?:postgres|template0|template1|cloudsqladmin|cloudsqlsuperuser)$)[a-z_][a-z0-9_-]{0,62}$/,
    allowed:
      "a PostgreSQL name of 1 to 63 lower-case letters, digits, _ and -, none that Cloud SQL keeps for itself",
    fix: `write for example "${example}"`,
  });

export const hostName = (example: string) =>
  text({
    pattern: /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    allowed: "a host name in lower case, without scheme, port or wildcard",
    fix: `write for example "${example}"`,
    placeholder: "placeholder.example.com",
  });

export const urlPath = (example: string) =>
  text({
    pattern: /^\/[A-Za-z0-9\-._~/]*$/,
    allowed: "a path that starts with /",
    fix: `write for example "${example}"`,
    placeholder: "/",
  });

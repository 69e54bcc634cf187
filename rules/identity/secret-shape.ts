import { isUnknown, type Resource } from "../../graph/index.ts";
import { secretLimits } from "../../platform/limits.ts";
import type { Rule } from "../rule.ts";

/** I1, I2: what a secret and a version of it must hold. */
export const secretShape: Rule = {
  id: "identity/secret-shape",
  why: "Secret Manager refuses ids, replications and payloads that do not keep to its form.",
  limit: `id of up to ${secretLimits.idLength.value} letters, digits, hyphens and underscores; replication auto or user_managed; a payload of up to ${secretLimits.payload.value} bytes`,
  fix: "Keep to the form.",
  source: secretLimits.idLength.source,
  example: `resource "google_secret_manager_secret" "db" {
  secret_id = "db.password"
  replication {
    auto {}
  }
}`,
  *check(graph) {
    for (const secret of graph.all("google_secret_manager_secret")) {
      for (const message of ofSecret(secret)) yield { resource: secret, severity: "error", message };
    }
    for (const version of graph.all("google_secret_manager_secret_version")) {
      for (const message of ofVersion(version)) yield { resource: version, severity: "error", message };
    }
  },
};

function* ofSecret(secret: Resource): Iterable<string> {
  const id = secret.string("secret_id");
  const high = secretLimits.idLength.value;
  if (id !== undefined && id.length > high)
    yield `secret_id has ${id.length} characters, but at most ${high} are allowed; refused at apply: invalid secret id.`;
  else if (id !== undefined && !/^[A-Za-z0-9_-]+$/.test(id))
    yield `secret_id is "${id}", but may hold letters, digits, hyphens and underscores only; refused at apply: invalid secret id.`;
  const replication = secret.get("replication");
  if (isUnknown(replication)) return;
  const auto = given(secret, "replication.auto");
  const managed = given(secret, "replication.user_managed");
  if (auto && managed)
    yield "replication has both auto and user_managed, of which it takes one; refused at plan.";
  const others = secret.blocks("replication").some((block) => Object.keys(block.values).length > 0);
  // Provider 4 had other words here, which are not judged.
  if (!auto && !managed && !others && secret.change === undefined)
    yield "replication has neither auto nor user_managed, of which it needs one; refused at apply: no replication policy.";
  const aliases = secret.get("version_aliases");
  if (typeof aliases !== "object" || isUnknown(aliases) || Array.isArray(aliases)) return;
  for (const alias of Object.keys(aliases)) {
    if (/^(latest|NEW)$/.test(alias) || alias.length > secretLimits.aliasLength.value)
      yield `version_aliases holds "${alias}", but an alias has at most ${secretLimits.aliasLength.value} characters and is not "latest" or "NEW"; refused at apply: invalid alias.`;
  }
}

function given(secret: Resource, path: string): boolean {
  const value = secret.get(path);
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

function* ofVersion(version: Resource): Iterable<string> {
  const data = version.get("secret_data");
  const written = ["secret_data", "secret_data_wo", "secret_data_wo_version"].some(
    (path) => version.get(path) !== undefined,
  );
  // A plan shows neither a sensitive nor a write-only value for certain.
  if (!written && version.change === undefined && version.get("id") === undefined)
    yield "it has neither secret_data nor secret_data_wo; refused at apply: a version needs a payload.";
  const size = typeof data === "string" ? Buffer.byteLength(data) : 0;
  if (size > secretLimits.payload.value)
    yield `secret_data has ${size} bytes, but at most ${secretLimits.payload.value} are allowed; refused at apply: payload too large.`;
}

import type { Api } from "./api.ts";
import { orUndefined } from "./errors.ts";
import type { CloudRunRevision, SecretReference } from "./revisions.ts";
import { versionState } from "./secret-versions.ts";

export interface TargetContext {
  readonly api: Api;
  readonly project: string;
  /** "https://secretmanager.googleapis.com" */
  readonly secretManager: string;
  /** "https://artifactregistry.googleapis.com" */
  readonly artifactRegistry: string;
}

/**
 * What a revision lacks to start instances again: a deleted image, a secret version that was disabled or destroyed. Empty
 * where nothing is missing.
 *
 * @returns sentences
 * @throws UserError where Google rejects the request or does not answer: then it is unknown
 */
export async function missingParts(
  context: TargetContext,
  { name, image, secrets }: CloudRunRevision,
  signal: AbortSignal,
): Promise<string[]> {
  const found = await Promise.all([
    missingImage(context, name, image, signal),
    ...secrets.map((secret) => missingSecret(context, name, secret, signal)),
  ]);
  return found.flatMap((sentence) => sentence ?? []);
}

async function missingImage(
  { api, artifactRegistry }: TargetContext,
  revision: string,
  image: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const parts = /^([a-z0-9-]+)-docker\.pkg\.dev\/([^/]+)\/([^/]+)\/(.+@sha256:[0-9a-f]{64})$/.exec(
    image ?? "",
  );
  // Other registries do not accept these credentials, and Cloud Run's copies cannot be listed.
  if (parts === null) return undefined;
  const [, location, project, repository, rest = ""] = parts;
  const url = `${artifactRegistry}/v1/projects/${project}/locations/${location}/repositories/${repository}/dockerImages/${encodeURIComponent(rest)}`;
  if ((await orUndefined(api.call({ method: "GET", url }, signal))) !== undefined) return undefined;
  return `${revision} could not start again: its image ${image} is no longer in the registry`;
}

async function missingSecret(
  { api, project, secretManager }: TargetContext,
  revision: string,
  { secret, version }: SecretReference,
  signal: AbortSignal,
): Promise<string | undefined> {
  const full = secret.startsWith("projects/") ? secret : `projects/${project}/secrets/${secret}`;
  const url = `${secretManager}/v1/${full}/versions/${version}`;
  const state = await versionState(api, url, signal);
  if (state === "enabled") return undefined;
  return `${revision} could not start again: version ${version} of secret ${secret} is ${state}`;
}

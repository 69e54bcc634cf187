import process from "node:process";
import { isRecord } from "../../values/is-record.ts";
import { get } from "./https.ts";

/** Where Cloud Run tells a container of its identity (https://docs.cloud.google.com/run/docs/container-contract). */
const METADATA = process.env.GCE_METADATA_HOST ?? "metadata.google.internal";

/** An ID token of the job's own account for an audience; undefined where there is none. */
export async function identityToken(
  audience: URL,
  seconds: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const body = await metadata(`identity?audience=${encodeURIComponent(audience.origin)}`, seconds, signal);
  return body?.trim();
}

/** An access token of the job's own account; undefined where there is none. */
export async function accessToken(seconds: number, signal: AbortSignal): Promise<string | undefined> {
  const body = await metadata("token", seconds, signal);
  try {
    const read: unknown = JSON.parse(body ?? "");
    return isRecord(read) && typeof read.access_token === "string" ? read.access_token : undefined;
  } catch {
    return undefined;
  }
}

async function metadata(path: string, seconds: number, signal: AbortSignal): Promise<string | undefined> {
  const url = new URL(`http://${METADATA}/computeMetadata/v1/instance/service-accounts/default/${path}`);
  const { status, body } = await get(url, seconds, signal, { "metadata-flavor": "Google" });
  return status === 200 ? body : undefined;
}

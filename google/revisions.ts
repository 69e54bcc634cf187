import { createHash } from "node:crypto";
import { z } from "zod";
import { isRecord } from "../values/is-record.ts";
import { orUndefined } from "./errors.ts";
import { responseOf } from "./response.ts";
import { type CloudRunContext, condition, last, oneLine, serviceUrl } from "./services.ts";

export interface CloudRunRevision {
  readonly name: string;
  readonly ready: boolean;
  /** Why it is not ready, Google's own message. */
  readonly message: string;
  /** Image of the first container. */
  readonly image: string | undefined;
  /** Secrets by version, as the containers read them. */
  readonly secrets: readonly SecretReference[];
  /** Hash of everything that its template states; the same for two revisions of one template. */
  readonly template: string;
}

export interface SecretReference {
  /** Id in the service's project, or "projects/P/secrets/ID". */
  readonly secret: string;
  /** A number, or "latest". */
  readonly version: string;
}

/** @returns undefined where there is no such revision, or it is being deleted */
export async function readRevision(
  context: CloudRunContext,
  service: string,
  revision: string,
  signal: AbortSignal,
): Promise<CloudRunRevision | undefined> {
  const url = `${serviceUrl(context, service)}/revisions/${revision}`;
  const response = await orUndefined(context.api.call({ method: "GET", url }, signal));
  if (response === undefined) return undefined;
  const found = responseOf(rawRevision, response, `the revision ${revision}`);
  if (found.deleteTime !== undefined) return undefined;
  const ready = found.conditions?.find(({ type }) => type === "Ready");
  return {
    name: found.name === undefined ? revision : last(found.name),
    ready: ready?.state === "CONDITION_SUCCEEDED",
    message: oneLine(ready?.message),
    image: found.containers?.[0]?.image,
    secrets: (found.containers ?? []).flatMap(({ env = [] }) =>
      env.flatMap(({ valueSource }) => {
        const { secret, version = "latest" } = valueSource?.secretKeyRef ?? {};
        return secret === undefined ? [] : [{ secret, version }];
      }),
    ),
    template: templateHash(response),
  };
}

/** Fields from the template; the others belong to Cloud Run. */
const TEMPLATE = [
  "containers",
  "encryptionKey",
  "executionEnvironment",
  "maxInstanceRequestConcurrency",
  "nodeSelector",
  "scaling",
  "serviceAccount",
  "serviceMesh",
  "sessionAffinity",
  "timeout",
  "volumes",
  "vpcAccess",
] as const;

function templateHash(revision: unknown): string {
  const stated = Object.entries(isRecord(revision) ? revision : {}).filter(([key]) =>
    (TEMPLATE as readonly string[]).includes(key),
  );
  return createHash("sha256")
    .update(JSON.stringify(sorted(Object.fromEntries(stated))))
    .digest("hex");
}

/** The order of keys does not matter. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

const rawContainer = z.object({
  image: z.string().optional(),
  env: z
    .array(
      z.object({
        valueSource: z
          .object({
            secretKeyRef: z
              .object({
                secret: z
                  .string()
                  .regex(/^(projects\/[\w.:-]+\/secrets\/)?[\w-]{1,255}$/, "is no name of a secret")
                  .optional(),
                version: z
                  .string()
                  .regex(/^[\w-]{1,63}$/, "is no version of a secret")
                  .optional(),
              })
              .optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});

const rawRevision = z.object({
  name: z.string().optional(),
  deleteTime: z.string().optional(),
  conditions: z.array(condition).optional(),
  containers: z.array(rawContainer).optional(),
});

import { memoize } from "../../analysis/memoize.ts";
import { follow } from "../../analysis/references/follow.ts";
import { textOf } from "../../analysis/references/text.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import { regionForm, resourceTypes, zoneForm } from "../../resources/index.ts";
import type { Rule } from "../rule.ts";

const FULL_NAME = /(^|\/)projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+/;

/** A key encrypts what is in its own location. */
export const encryptionKey: Rule = {
  id: "data/encryption-key",
  why: "A key of Cloud KMS encrypts resources of its own location only, and its location can never be changed.",
  limit: "a key is named in full, and its key ring is in the region of what it encrypts",
  fix: "Make a key ring in the region of the resource.",
  source: "https://docs.cloud.google.com/kms/docs/cmek",
  *check(graph) {
    for (const { resource, attribute, name, key, location, place } of encryptedResources(graph)) {
      if (name !== undefined && !FULL_NAME.test(name))
        yield {
          resource,
          severity: key === undefined ? "warning" : "error",
          message: `${attribute} is "${name}"; rejected by the API: a key is named in full, with its project, location and key ring.`,
          fix: "Write the id of the key, for example google_kms_crypto_key.main.id.",
        };
      const written = place?.toLowerCase() ?? "";
      const region = zoneForm.exec(written)?.[1] ?? written;
      // Multi-regions and pairs of regions have names of their own on each side.
      if (location === undefined || location === region || !regionForm.test(region)) continue;
      yield {
        resource,
        message: `it is in ${region}, and the key of ${attribute} is in ${location}; rejected by the API: a key encrypts resources of its own location only.`,
        fix: `Name a key of a key ring with location = "${region}".`,
      };
    }
  },
};

/** A resource that a key of Cloud KMS encrypts. */
export interface Encrypted {
  readonly resource: Resource;
  readonly attribute: string;
  /** As written, where all of it is known. */
  readonly name: string | undefined;
  /** Where what is encrypted is; undefined where that is not known. */
  readonly place: string | undefined;
  /** The domain of the account that uses the key. */
  readonly agent: string;
  /** The key, where the input defines it. */
  readonly key: Resource | undefined;
  /** Undefined where it is not known. */
  readonly location: string | undefined;
}

/** What the input encrypts with keys of its own or of others. */
export const encryptedResources = memoize((graph: Graph): readonly Encrypted[] =>
  resourceTypes.flatMap(({ type, encryptionKey }) => {
    if (encryptionKey === undefined) return [];
    const { attribute, agent, within } = encryptionKey;
    return graph.all(type).flatMap((resource) =>
      (within === undefined ? [resource] : resource.blocks(within)).flatMap((block): Encrypted[] => {
        const value = block.get(attribute);
        if (value === undefined || value === "") return [];
        const key = follow(graph, value, ["google_kms_crypto_key"], resource);
        const location = locationOf(graph, textOf(value), key);
        const place = within === undefined ? graph.region(resource) : block.string("location");
        const name = typeof value === "string" ? value : undefined;
        return [{ resource, attribute, name, place, agent, key, location }];
      }),
    );
  }),
);

function locationOf(graph: Graph, id: string | undefined, key: Resource | undefined): string | undefined {
  const ring = key && follow(graph, key.get("key_ring"), ["google_kms_key_ring"], key);
  if (ring !== undefined) return ring.string("location")?.toLowerCase();
  const text = key === undefined ? id : textOf(key.get("key_ring"));
  return /\/locations\/([a-z0-9-]+)\/keyRings\//.exec(text ?? "")?.[1];
}

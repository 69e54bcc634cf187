import { type Block, isUnknown, type Resource } from "../../graph/index.ts";
import type { Workload } from "../service/cloud-run.ts";

/** One entry of a service's traffic, whichever generation it is written in. */
export interface Share {
  /** undefined where the entry follows the newest, or its name is not known. */
  readonly revision: string | undefined;
  /** True where it names a revision, known or not. */
  readonly isPinned: boolean;
  /** undefined where it is not known. */
  readonly percent: number | undefined;
  readonly tag: string | undefined;
}

/** The traffic as it is written; empty where it is not, or only the apply tells. */
export function sharesOf({ resource, kind }: Workload): Share[] {
  if (hasUnknownTraffic(resource)) return [];
  return resource.blocks("traffic").map((block) => shareOf(block, kind === "knative"));
}

function hasUnknownTraffic(resource: Resource): boolean {
  const written = resource.get("traffic");
  if (resource.get("dynamic") !== undefined) return true;
  return Array.isArray(written) ? written.some(isUnknown) : isUnknown(written);
}

function shareOf(block: Block, isFirst: boolean): Share {
  const key = isFirst ? "revision_name" : "revision";
  const written = block.get(key);
  return {
    revision: block.string(key) || undefined,
    isPinned: written !== undefined && written !== "",
    percent: block.get("percent") === undefined ? 0 : block.number("percent"),
    tag: block.string("tag") || undefined,
  };
}

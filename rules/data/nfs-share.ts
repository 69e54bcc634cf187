import { references } from "../../analysis/references/text.ts";
import { workloads } from "../../analysis/workload/index.ts";
import type { Rule } from "../rule.ts";

/** An NFS volume mounts a share that its Filestore instance has. */
export const nfsShare: Rule = {
  id: "data/nfs-share",
  why: "A Filestore instance exports one share under its name; a mount of another path is refused and the instance does not start.",
  limit: "path of an NFS volume begins with / and the name of the instance's file share",
  fix: "Write the name of the share.",
  source: "https://docs.cloud.google.com/run/docs/configuring/services/nfs-volume-mounts",
  *check(graph) {
    for (const { resource, volumes } of workloads(graph))
      for (const nfs of volumes.flatMap((volume) => volume.blocks("nfs"))) {
        const [reference] = references(nfs.get("server"));
        const instance = reference && graph.at(reference.address, resource);
        const share = instance?.string("file_shares.name");
        const path = nfs.string("path");
        if (instance?.type !== "google_filestore_instance" || share === undefined || path === undefined)
          continue;
        if (path === `/${share}` || path.startsWith(`/${share}/`)) continue;
        yield {
          resource,
          message: `an NFS volume mounts "${path}", and the share of ${instance.address} is "${share}"; fails at run time: the server exports no such path, and no instance starts.`,
          fix: `Write path = "/${share}".`,
        };
      }
  },
};

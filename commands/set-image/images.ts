interface WithImage {
  readonly name: string;
  readonly image: string;
}

/** What has images in an environment: as it is written, or validated. */
export interface WithImages {
  readonly services?: readonly (WithImage & { readonly sidecars?: readonly WithImage[] | undefined })[];
  readonly jobs?: WithImages["services"];
  readonly workerPools?: WithImages["services"];
  readonly preflight?: { readonly image: string } | undefined;
}

/** Images by what runs them: "web", "web.proxy" of a sidecar, "preflight". */
export function imagesOf(environment: WithImages): ReadonlyMap<string, string> {
  const { services = [], jobs = [], workerPools = [], preflight } = environment;
  const images = new Map<string, string>();
  for (const { name, image, sidecars = [] } of [...services, ...jobs, ...workerPools]) {
    images.set(name, image);
    for (const sidecar of sidecars) images.set(`${name}.${sidecar.name}`, sidecar.image);
  }
  if (preflight !== undefined) images.set("preflight", preflight.image);
  return images;
}

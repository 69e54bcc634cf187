/** A job as an environment file has it, with a change. */
export function sampleJob(change: Readonly<Record<string, unknown>> = {}) {
  return {
    name: "nightly",
    image: `us-central1-docker.pkg.dev/p/r/nightly@sha256:${"0".repeat(64)}`,
    cpu: 1,
    memory: 1024,
    path: "direct",
    timeout: 600,
    ...change,
  };
}

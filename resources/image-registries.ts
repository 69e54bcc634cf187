/**
 * Registries from which Cloud Run pulls: Artifact Registry, with the hosts of Container Registry that it serves, and public images of
 * Docker Hub and GitHub. https://docs.cloud.google.com/run/docs/deploying#images
 */
const PULLED = /(^|\.)(pkg\.dev|gcr\.io|docker\.io)$|^ghcr\.io$/;

/** What to do with an image of another registry. https://docs.cloud.google.com/artifact-registry/docs/repositories/remote-overview */
export const remoteRepositoryFix =
  "make a remote repository of Artifact Registry for that registry, and name the image in it: LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@DIGEST";

export const registriesOfCloudRun = "Artifact Registry, or a public image of Docker Hub or ghcr.io";

/** The host of the registry where Cloud Run cannot pull the image from it: "quay.io"; undefined where it can. */
export function unreachableRegistry(image: string): string | undefined {
  const [first = "", ...path] = image.split("/");
  // Names without a host are Docker Hub's: https://github.com/distribution/reference
  const isHost = path.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return isHost && !PULLED.test(first) ? first : undefined;
}

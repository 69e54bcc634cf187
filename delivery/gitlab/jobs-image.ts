import { UserError } from "../../platform/user-error.ts";

/** Variables of GitLab may stand in it, such as $CI_REGISTRY_IMAGE. */
const BY_DIGEST = /^[\w.$-][\w.${}:/-]*@sha256:[0-9a-f]{64}$/;

/**
 * The image that the jobs of a delivery run in, with the rights of planner and deployer.
 *
 * @throws UserError where it is no image by digest: whoever pushes its tag would run code with these rights
 */
export function requireJobsImage(image: string): void {
  if (BY_DIGEST.test(image)) return;
  throw new UserError(
    `The image of the jobs is ${JSON.stringify(image)}: allowed is an image by digest (repository/name@sha256:<64 hexadecimal digits>), because the jobs sign in to Google, and whoever pushes a tag would run code there. Fix: append @sha256:<digest>, which "docker push" prints.`,
  );
}

import { z } from "zod";

/**
 * Name of a Cloud Run revision: that of its service, a hyphen and a suffix, at most 63 lower-case letters, digits and
 * hyphens. It becomes part of URLs and of Terraform's variables.
 *
 * @see https://docs.cloud.google.com/run/docs/reference/rest/v2/projects.locations.services (template.revision)
 */
export const revisionName = z
  .string()
  .max(63, { abort: true })
  .regex(/^[a-z][a-z0-9-]*-[a-z0-9]+$/, 'is no name of a revision, for example "staging-auth-00012-abc"');

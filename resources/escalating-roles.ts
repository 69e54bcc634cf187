/**
 * Predefined roles and permissions with which an account of a project reaches everything in it, or all of its buckets. Roles
 * of service agents are Google's own, and many of them write every object.
 * https://docs.cloud.google.com/iam/docs/roles-permissions/storage
 */
const ESCALATIONS: readonly { readonly pattern: RegExp; readonly reach: string }[] = [
  { pattern: /^roles\/(owner|editor|writer)$/, reach: "everything in the project" },
  {
    pattern: /^roles\/(iam|resourcemanager)\.(?!\w*(viewer|reviewer)$)/i,
    reach: "the roles and accounts of the project, its owner's among them",
  },
  {
    pattern:
      /^iam\.(roles\.(create|update|undelete)|serviceAccounts\.(setIamPolicy|actAs|getAccessToken|getOpenIdToken|implicitDelegation|signBlob|signJwt)|serviceAccountKeys\.create|workloadIdentityPool\w*\.(create|update|undelete)|denypolicies\.\w+)$|^resourcemanager\.\w+\.setIamPolicy$/,
    reach: "the roles and accounts of the project, its owner's among them",
  },
  {
    pattern:
      /^roles\/storage\.|^storage\.|^roles\/.*serviceAgent$|^roles\/(cloudbuild\.builds\.builder|composer\.(worker|environmentAndStorageObject\w+)|dataflow\.worker|dataproc\.(worker|hubAgent)|firebase\.\w*admin)$/i,
    reach: "every bucket of the project, those of the Terraform states among them",
  },
];

/** What an account with this role in the project, or this permission, reaches too much of; undefined where nothing is known. */
export const escalationOf = (role: string): string | undefined =>
  ESCALATIONS.find(({ pattern }) => pattern.test(role))?.reach;

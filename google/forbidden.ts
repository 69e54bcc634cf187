/**
 * What to do about a 403, which Google returns for unrelated causes.
 *
 * @param reason Google's own message; may be empty
 * @param role that is enough for the call
 */
export function forbiddenRemedy(reason: string, role: string): string {
  if (/has not been used in project|it is disabled|SERVICE_DISABLED/i.test(reason))
    return "enable the API (stack foundation), and wait some minutes after that";
  if (/billing/i.test(reason)) return "link the project with a billing account";
  if (/organization's policy|VPC Service Controls/i.test(reason))
    return "a VPC Service Controls perimeter denies access: run the command from inside it, or ask its owners";
  if (/quota project|user project/i.test(reason))
    return 'run "gcloud auth application-default set-quota-project" with a project that you may use';
  if (/insufficient authentication scopes/i.test(reason))
    return "the credentials lack the scope cloud-platform: create them again with it";
  return `give your account ${role}, and enable the API (stack foundation)`;
}

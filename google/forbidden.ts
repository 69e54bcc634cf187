/**
 * What to do about a 403, which Google answers for causes that have nothing in common.
 *
 * @param said Google's own words; may be empty
 * @param role that is enough for what was asked
 */
export function forbiddenRemedy(said: string, role: string): string {
  if (/has not been used in project|it is disabled|SERVICE_DISABLED/i.test(said))
    return "enable the API (stack foundation), and wait some minutes after that";
  if (/billing/i.test(said)) return "link the project with a billing account";
  if (/organization's policy|VPC Service Controls/i.test(said))
    return "a perimeter of the organization keeps you out: run it from inside, or ask those who own the perimeter";
  if (/quota project|user project/i.test(said))
    return 'run "gcloud auth application-default set-quota-project" with a project that you may use';
  if (/insufficient authentication scopes/i.test(said))
    return "the credentials lack the scope cloud-platform: make them anew with it";
  return `give your account ${role}, and enable the API (stack foundation)`;
}

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes the token of a job and the file that Google's libraries and Terraform exchange it by, readable for their owner alone.
 * It is no key: the token names this job, and ends with the time that the job has.
 *
 * @param provider projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/ID
 * @returns the file for GOOGLE_APPLICATION_CREDENTIALS
 */
export function writeCredentials(folder: string, token: string, provider: string, account: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const tokenFile = path.resolve(folder, "token");
  const file = path.resolve(folder, "credentials.json");
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const credentials = {
    type: "external_account",
    audience: `//iam.googleapis.com/${provider}`,
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: "https://sts.googleapis.com/v1/token",
    credential_source: { file: tokenFile },
    service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateAccessToken`,
  };
  writeFileSync(file, JSON.stringify(credentials, undefined, 2), { mode: 0o600 });
  return file;
}

import type { Domain } from "../../platform/edge/domains.ts";
import { edgeHosts } from "../../platform/edge/routes.ts";
import { enumerated } from "../../values/enumerated.ts";
import type { Page, RunbookContext } from "../page.ts";

/** Who the platform says it is. */
export function certificatePages(context: RunbookContext, domains: readonly Domain[]) {
  const { names, projectFlag } = context;
  const all = domains.map(({ name }) => name);
  return {
    "wrong-certificate": {
      means: `The load balancer shows a certificate that does not cover the host, or that expires. Google renews it by itself as long as the record that proves ${enumerated(all)} is in DNS; on its last day every client refuses the platform.`,
      first: [
        {
          say: "What is shown, for whom, until when?",
          run: edgeHosts(context).map(
            (host) =>
              `openssl s_client -connect ${host}:443 -servername ${host} </dev/null | openssl x509 -noout -subject -ext subjectAltName -dates`,
          ),
        },
        {
          say: "What does Certificate Manager say? Its state must be ACTIVE; AUTHORIZATION_ISSUE means that the DNS record is gone.",
          run: all.flatMap((domain) => [
            `gcloud certificate-manager certificates describe ${names.certificate(domain)} ${projectFlag}`,
            `gcloud certificate-manager dns-authorizations describe ${names.certificate(domain)} ${projectFlag}`,
          ]),
        },
        {
          say: "Is the record that proves the domain there?",
          run: all.map((domain) => `dig +short CNAME _acme-challenge.${domain}`),
        },
      ],
      fix: [
        "Put the record of the DNS authorization back; the certificate renews within hours. `edge.dnsZone` lets Terraform keep it.",
        "The host is not covered: the certificate is for the domain and one level below it (`edge.certificateDomain`, `edge.furtherDomains`).",
      ],
      rules: [
        "edge/certificate-coverage",
        "edge/certificate-domains",
        "edge/certificate-map",
        "edge/proxy-certificates",
      ],
      escalate:
        "Fewer than two days left and the record is in place: a support case for Certificate Manager, and a certificate of your own as a stand-in.",
      section: "The edge",
    },
  } satisfies Record<string, Page>;
}

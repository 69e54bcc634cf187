/** Pages of Istio and Kubernetes that rules of the mesh cite. */
export const GATEWAY_DOC = "https://istio.io/latest/docs/reference/config/networking/gateway/";
export const VIRTUAL_SERVICE_DOC =
  "https://istio.io/latest/docs/reference/config/networking/virtual-service/";
export const DESTINATION_RULE_DOC =
  "https://istio.io/latest/docs/reference/config/networking/destination-rule/";
export const TRAFFIC_PROBLEMS_DOC = "https://istio.io/latest/docs/ops/common-problems/network-issues/";
export const SECURE_GATEWAY_DOC =
  "https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/";
export const VALIDATION_DOC = "https://istio.io/latest/docs/ops/common-problems/validation/";
export const NETWORK_POLICY_DOC = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";
export const analysis = (code: string): string =>
  `https://istio.io/latest/docs/reference/config/analysis/${code}/`;

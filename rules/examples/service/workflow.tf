resource "google_workflows_workflow" "orders" {
  name            = "orders"
  region          = "europe-west1"
  service_account = "projects/acme-orders/serviceAccounts/orders@acme-orders.iam.gserviceaccount.com"
  source_contents = <<-EOT
    main:
      steps:
        - wait:
            call: sys.sleep
            args:
              seconds: 5
            next: finish # there is no such step
        - done:
            return: ok
  EOT
}

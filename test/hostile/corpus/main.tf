variable "n" {
  type    = list(string)
  default = ["a", "b"]
}

locals {
  m    = { for k in var.n : k => upper("${k}-%{if true}x%{endif}") }
  rows = csvdecode("a,b\n1,2\n")
  text = yamlencode({ a = yamldecode("b: &x [1]\nc: *x").c, t = timeadd("2026-01-01T00:00:00Z", "1h") })
}

# verify:ignore address/name until 2026-12-31: a name of the old console
resource "google_compute_network" "a" {
  for_each    = local.m
  name        = regex("[a-z]+", lower(each.value))
  description = <<-EOT
    ${join(", ", fileset(".", "*.tf"))} ${provider::google::region_from_zone("us-central1-a")}
  EOT

  dynamic "params" {
    for_each = local.rows
    content {
      tags = { x = params.value.a }
    }
  }
}

resource "google_billing_budget" "month" {
  billing_account = "123456" # 012345-6789AB-CDEF01
  amount {
    specified_amount {
      units = "5000"
    }
  }
  threshold_rules {
    threshold_percent = 0.9
  }
}

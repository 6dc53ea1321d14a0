"""allauth's routes: what a visitor and what a signed-in person gets, and on which of our templates.

`-` in the last column is a route that only leads on. Words as in declare.py; `login` is the log-in page.
"""

TABLE = """
# route                                   GET anonymous  POST anonymous  GET signed in  POST signed in  template
  account_login                           ok             ok              ok             ok              account/login.html
  account_logout                          ok             ok              ok             ok              account/logout.html
  account_inactive                        ok             method          ok             method          account/account_inactive.html
  account_signup                          ok             ok              ok             ok              account/signup.html
  account_reauthenticate                  login          login           ok             ok              account/reauthenticate.html
  account_email                           login          login           ok             ok              account/email.html
  account_email_verification_sent         ok             method          ok             method          account/verification_sent.html
  account_change_password                 login          login           ok             ok              account/password_change.html
  account_set_password                    login          login           ok             ok              -
  account_reset_password                  ok             ok              ok             ok              account/password_reset.html
  account_confirm_login_code              login          login           ok             ok              -
  account_confirm_email                   ok             gone            ok             gone            account/email_confirm.html
  account_verify_phone                    login          login           ok             ok              -
  account_change_phone                    login          login           ok             ok              account/phone_change.html
  account_reset_password_from_key_done    ok             method          ok             method          account/password_reset_from_key_done.html
  account_reset_password_from_key         ok             ok              ok             ok              account/password_reset_from_key.html
  account_reset_password_done             ok             method          ok             method          account/password_reset_done.html
  account_unified                         gone            gone            gone           gone            account/unified.html
  account_unified_login                   gone            gone            gone           gone            account/unified_leaving.html
  account_unified_callback                gone            gone            gone           gone            account/unified_failed.html
  mfa_index                               login          login           ok             method          mfa/index.html
  mfa_authenticate                        login          login           ok             ok              -
  mfa_reauthenticate                      login          login           ok             ok              -
  mfa_activate_totp                       login          login           ok             ok              mfa/totp/activate_form.html
  mfa_deactivate_totp                     login          login           gone           gone            -
  mfa_view_recovery_codes                 login          login           gone           method          -
  mfa_generate_recovery_codes             login          login           ok             ok              mfa/recovery_codes/generate.html
  mfa_download_recovery_codes             login          login           gone           gone            -
"""

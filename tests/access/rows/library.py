"""The routes that libraries bring: signing in, second factors, and the papers of the API."""

from tests.access.table import area

# Whoever is signed in is sent on from the sign-in page; whoever is not has no second factor to speak of.
# Confirming who one is stands before every change of a second factor: 302 leads there.
LIBRARY = area(
    "library",
    """
route                                method seats      any
account_login                        GET    CVLMHAUNF  302
account_login                        GET    X          200
account_login                        POST   CVLMHAUNF  302
account_login                        POST   X          200
account_logout                       GET    CVLMHAUNF  200
account_logout                       GET    X          302
account_logout                       POST   *          302
account_inactive                     GET    *          200
account_reauthenticate               GET    CVLMHAUNF  200
account_reauthenticate               POST   CVLMHAUNF  200
account_change_password              GET    CVLMHAUNF  200
account_change_password              POST   CVLMHAUNF  200
account_set_password                 GET    CVLMHAUNF  302
account_set_password                 POST   CVLMHAUNF  302
account_reset_password               GET    *          200
account_reset_password               POST   *          302
account_reset_password_done          GET    *          200
account_reset_password_from_key      GET    *          200
account_reset_password_from_key      POST   *          200
account_reset_password_from_key_done GET    *          200
mfa_index                            GET    CVLMHAUNF  200
mfa_authenticate                     GET    *          302
mfa_authenticate                     POST   *          302
mfa_reauthenticate                   GET    CVLMHAUNF  302
mfa_reauthenticate                   POST   CVLMHAUNF  302
mfa_activate_totp                    GET    CVLMHAUNF  302
mfa_activate_totp                    POST   CVLMHAUNF  302
mfa_deactivate_totp                  GET    CVLMHAUNF  404
mfa_deactivate_totp                  POST   CVLMHAUNF  404
mfa_view_recovery_codes              GET    CVLMHAUNF  404
mfa_generate_recovery_codes          GET    CVLMHAUNF  302
mfa_generate_recovery_codes          POST   CVLMHAUNF  302
mfa_download_recovery_codes          GET    CVLMHAUNF  404
mfa_download_recovery_codes          POST   CVLMHAUNF  404
mfa_list_webauthn                    GET    CVLMHAUNF  200
mfa_add_webauthn                     GET    CVLMHAUNF  302
mfa_add_webauthn                     POST   CVLMHAUNF  302
mfa_reauthenticate_webauthn          GET    CVLMHAUNF  302
mfa_reauthenticate_webauthn          POST   CVLMHAUNF  302
mfa_remove_webauthn                  GET    CVLMHAUNF  302
mfa_remove_webauthn                  POST   CVLMHAUNF  302
mfa_edit_webauthn                    GET    CVLMHAUNF  302
mfa_edit_webauthn                    POST   CVLMHAUNF  302
mfa_login_webauthn                   GET    *          302
mfa_login_webauthn                   POST   *          302
socialaccount_login_cancelled        GET    *          200
socialaccount_login_error            GET    *          401
openid_connect_login                 GET    *          404
openid_connect_login                 POST   *          404
openid_connect_callback              GET    *          404
openid_connect_callback              POST   *          404
openapi-json                         GET    CVLMHAUN   200
openapi-view                         GET    CVLMHAUN   200
api-root                             GET    CVLMHAUN   302
""",
)
AREAS = (LIBRARY,)

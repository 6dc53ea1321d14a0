"""The portal's own addresses."""

from django.urls import path

from portal.views import (
    deliveries,
    delivery_acts,
    health,
    home,
    identity,
    messages,
    own_data,
    people,
    privacy,
    profile,
    session,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("messages/", messages.message_list, name="message_list"),
    path("messages/read/", messages.message_read_all, name="message_read_all"),
    path("messages/<uuid:public_id>/", messages.message_detail, name="message_detail"),
    path("deliveries/", deliveries.delivery_list, name="delivery_list"),
    path("deliveries/<uuid:public_id>/", deliveries.delivery_detail, name="delivery_detail"),
    path("deliveries/<uuid:public_id>/hold/", delivery_acts.delivery_hold, name="delivery_hold"),
    path("deliveries/<uuid:public_id>/release/", delivery_acts.delivery_release, name="delivery_release"),
    path("deliveries/<uuid:public_id>/resend/", delivery_acts.delivery_resend, name="delivery_resend"),
    path("privacy/", privacy.notice, name="privacy"),
    path("privacy/consent/", privacy.consent, name="privacy_consent"),
    path("profile/", profile.profile, name="profile"),
    path("profile/data/", own_data.own_data_page, name="own_data"),
    path("profile/data/<uuid:public_id>/", own_data.own_data_file, name="own_data_file"),
    path("profile/identity/", identity.identity_document, name="identity"),
    path("employer/people/add/", people.person_add, name="person_add"),
    path("enterprises/add/", people.enterprise_add, name="enterprise_add"),
    path("session/stay/", session.stay, name="session_stay"),
    path("session/", session.state, name="session_state"),
    path("health/", health.health, name="health"),
]

from django.urls import path

from linli.stewards.views import desk, founding, members, picture, settings

app_name = "stewards"
DESK = "c/<slug:slug>/steward/"

urlpatterns = [
    path("found/", founding.found, name="found"),
    path("found/address/", founding.address, name="address"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}next/", desk.next_steps, name="next"),
    path(f"{DESK}members/", members.members, name="members"),
    path(f"{DESK}members/<int:pk>/", members.member_detail, name="member"),
    path(f"{DESK}members/<int:pk>/roles/", members.member_roles, name="member_roles"),
    path(f"{DESK}members/<int:pk>/removal/", members.member_removal, name="member_removal"),
    path(f"{DESK}settings/", settings.settings, name="settings"),
    path(f"{DESK}picture/", picture.picture, name="picture"),
    path(f"{DESK}sections/", settings.sections, name="sections"),
    path(f"{DESK}contacts/", settings.contacts, name="contacts"),
    path(f"{DESK}agreement/", settings.agreement, name="agreement"),
    path(f"{DESK}agreement/<int:version>/", settings.agreement_version, name="agreement_version"),
]

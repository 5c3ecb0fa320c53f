from django.urls import path

from linli.admission.views import belonging, entering, letters, stewards

app_name = "admission"
HERE = "c/<slug:slug>/"
DESK = f"{HERE}steward/"

urlpatterns = [
    path("u/", entering.code_entry, name="code"),
    path("u/<str:code>/", entering.letter, name="letter"),
    path("i/<str:token>/", entering.invitation, name="invitation"),
    path(f"{HERE}join/", entering.join, name="join"),
    path(f"{HERE}join/withdrawal/", entering.withdrawal, name="withdrawal"),
    path(f"{HERE}agreement/", belonging.agreement, name="agreement"),
    path(f"{HERE}homes/mine/", belonging.my_homes, name="my_homes"),
    path(f"{HERE}homes/mine/<int:pk>/family/", belonging.family_new, name="family_new"),
    path(f"{HERE}homes/mine/letters/<int:pk>/", belonging.family, name="family"),
    path(f"{HERE}homes/mine/letters/<int:pk>/end/", belonging.family_end, name="family_end"),
    path(f"{HERE}homes/mine/occupancies/<int:pk>/end/", belonging.moving_out, name="moving_out"),
    path(f"{DESK}letters/", letters.overview, name="letters"),
    path(f"{DESK}letters/new/", letters.new, name="letters_new"),
    path(f"{DESK}letters/<int:pk>/", letters.sheaf, name="sheaf"),
    path(f"{DESK}letters/<int:pk>/end/", letters.sheaf_end, name="sheaf_end"),
    path(f"{DESK}letters/<int:pk>/print/", letters.printing, name="letters_print"),
    path(f"{DESK}letters/<int:pk>/pdf/", letters.pdf, name="letters_pdf"),
    path(f"{DESK}letters/<int:pk>/pdf/<int:building>/", letters.pdf_file, name="letters_pdf_file"),
    path(f"{DESK}invitations/", stewards.invitation_list, name="invitations"),
    path(f"{DESK}invitations/<int:pk>/", stewards.invitation_show, name="invitation_show"),
    path(f"{DESK}invitations/<int:pk>/end/", stewards.invitation_end, name="invitation_end"),
    path(f"{DESK}applications/", stewards.application_list, name="applications"),
    path(f"{DESK}applications/<int:pk>/", stewards.application, name="application"),
    path(f"{DESK}applications/<int:pk>/approval/", stewards.approval, name="approval"),
    path(f"{DESK}applications/<int:pk>/refusal/", stewards.refusal, name="refusal"),
    path(f"{DESK}joining/", stewards.joining, name="joining"),
]

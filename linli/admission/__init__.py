"""Admission (入群): the ways into a community: letters, invitations, applications, agreements."""

"""Who may call what on what is hers, what is open to her, what is closed to her, and what never was: declared here, compared by a test.

A row is the answer to each of ``WHO`` in turn. "ok" is any success. What is closed, or was never there, is 404 to everybody (``HIDDEN``), except
where ``ON_CLOSED`` says otherwise: the two must look the same.
"""

WHO = ("anonymous", "outsider", "guest", "staff", "member", "lead", "owner", "organizer", "admin")

# anonymous, admin of another school, guest who may comment, staff, member and lead of the group, owner of the initiative, organizer, admin
HIDDEN = "401 404 404 404 404 404 404 404 404"
READ_BOARD = "401 404 ok ok ok ok ok ok ok"
COMMENT = "401 404 ok ok ok ok ok ok ok"
EDIT = "401 404 403 403 ok ok ok ok ok"
BOARD = "401 404 403 403 403 ok ok ok ok"
READ_GROUP = "401 404 404 ok ok ok ok ok ok"
GROUP = "401 404 404 403 403 ok ok ok ok"
INITIATIVE = "401 404 404 403 403 403 ok ok ok"
#: the school is the actor's own: an admin of another school acts in hers
EVERYBODY = "401 ok ok ok ok ok ok ok ok"
STAFF = "401 ok 403 ok ok ok ok ok ok"
ADMIN = "401 ok 403 403 403 403 403 403 ok"
ORGANIZER = "401 ok 403 403 403 403 403 ok ok"
#: about a member of this school
SEE_MEMBER = "401 404 404 ok ok ok ok ok ok"
MEMBER = "401 404 404 403 403 403 403 403 ok"
#: about a thing of the admins of this school
OF_SCHOOL = "401 404 403 403 403 403 403 403 ok"
OF_SCHOOL_NEVER = "401 404 403 403 403 403 403 403 404"
#: a token is not enough, even an admin's: the password is asked for again
FRESH = "401 404 404 403 403 403 403 403 403"
#: nobody needs to be invited who has her own way in
INVITE = "401 404 404 403 403 403 403 403 409"
#: about what belongs to one account only, and is nobody else's
OWN = "401 404 404 404 404 404 404 404 404"
#: needs a session cookie or a password, so that a token alone is refused: its own tests say more
BY_SESSION = "see the tests of people"

BOARDS = {
    "read_board": READ_BOARD, "read_archive": READ_BOARD, "read_bin": READ_BOARD, "read_board_activity": READ_BOARD, "read_card": READ_BOARD,
    "read_card_activity": READ_BOARD,
    "read_view": READ_BOARD, "change_view": READ_BOARD, "star_board": READ_BOARD, "unstar_board": READ_BOARD,
    "list_guests": READ_BOARD, "change_board": BOARD, "archive_board": BOARD, "restore_board": BOARD, "set_guest": BOARD, "remove_guest": BOARD,
    "make_list": EDIT, "change_list": EDIT, "move_list": EDIT, "archive_list": EDIT, "restore_list": EDIT,
    "make_card": EDIT, "make_cards": EDIT, "change_cards": EDIT, "change_card": EDIT, "move_card": EDIT, "finish_card": EDIT, "reopen_card": EDIT, "archive_card": EDIT,
    "restore_card": EDIT, "bin_card": EDIT, "unbin_card": EDIT, "set_owner": EDIT, "remove_owner": EDIT, "drop_date": EDIT, "set_label": EDIT, "remove_label": EDIT,
    "make_label": EDIT, "change_label": EDIT, "delete_label": EDIT,
    "make_field": EDIT, "change_field": EDIT, "move_field": EDIT, "delete_field": EDIT, "set_field": EDIT, "clear_field": EDIT,
    "add_link": EDIT, "remove_link": EDIT,
    "copy_card": EDIT, "copy_list": EDIT, "move_list_to_board": EDIT, "set_recurrence": EDIT, "clear_recurrence": EDIT, "export_board": READ_BOARD,
    # Into its group, as a board is made there.
    "copy_board": GROUP,
    "make_checklist": EDIT, "change_checklist": EDIT, "move_checklist": EDIT, "delete_checklist": EDIT, "make_item": EDIT, "make_items": EDIT,
    "change_item": EDIT, "move_item": EDIT, "make_card_of_item": EDIT, "delete_item": EDIT, "finish_item": EDIT, "reopen_item": EDIT, "add_attachment": EDIT, "remove_attachment": EDIT,
}  # fmt: skip
BOARDS |= {
    # Nobody speaks for another; and who was not asked has proposed nothing.
    "propose_date": "401 404 403 403 403 403 403 403 403", "accept_date": "401 404 403 403 409 409 409 409 409",
}  # fmt: skip
DISCUSSIONS = {
    "list_comments": READ_BOARD, "list_people": READ_BOARD, "mark_read": READ_BOARD, "add_comment": COMMENT, "react_to_comment": COMMENT,
    "unreact_to_comment": READ_BOARD, "resolve_thread": EDIT, "reopen_thread": EDIT,
    # The comment is the member's own.
    "edit_comment": "401 404 403 403 ok 403 403 403 403", "delete_comment": "401 404 403 403 ok ok ok ok ok",
}  # fmt: skip
INITIATIVES = {
    "archive_initiative": INITIATIVE, "restore_initiative": INITIATIVE, "archive_group": GROUP, "restore_group": GROUP,
    "read_initiative": READ_GROUP, "change_initiative": INITIATIVE, "keep_initiative_norms": INITIATIVE, "set_initiative_member": INITIATIVE,
    "remove_initiative_member": INITIATIVE,
    "read_group": READ_GROUP, "change_group": GROUP, "keep_group_norms": GROUP, "set_group_member": GROUP, "remove_group_member": GROUP,
    "make_group": INITIATIVE, "make_board": GROUP, "start_import": GROUP,
}  # fmt: skip
PEOPLE = {
    "read_me": EVERYBODY, "change_me": EVERYBODY, "list_members": EVERYBODY, "list_sessions": EVERYBODY, "list_tokens": EVERYBODY,
    "list_drafts": EVERYBODY, "keep_draft": EVERYBODY, "drop_drafts": EVERYBODY,
    "read_school": EVERYBODY, "read_calendar": EVERYBODY, "count_school_days": EVERYBODY, "end_other_sessions": BY_SESSION,
    "end_session": BY_SESSION, "revoke_token": OWN,
    "read_member": SEE_MEMBER, "add_away": MEMBER, "change_member": FRESH, "deactivate_member": MEMBER, "reactivate_member": MEMBER,
    "make_invitation": INVITE, "revoke_invitation": MEMBER, "make_reset": FRESH, "make_sign_in_card": FRESH, "revoke_sign_in_card": MEMBER,
    "add_member": ADMIN, "add_people": ADMIN, "make_start": ORGANIZER, "list_join_links": ADMIN, "make_join_link": ADMIN, "change_school": ADMIN, "add_school_year": ADMIN,
    "add_closed_days": ADMIN, "set_week_letter": ADMIN, "clear_week_letter": OF_SCHOOL, "import_school_days": ADMIN,
    "revoke_join_link": OF_SCHOOL, "change_school_year": OF_SCHOOL, "remove_school_year": OF_SCHOOL, "add_term": OF_SCHOOL,
    "change_term": OF_SCHOOL, "remove_term": OF_SCHOOL, "change_closed_days": OF_SCHOOL, "remove_closed_days": OF_SCHOOL,
    # When others are away is for the admins and themselves to see.
    "remove_away": "401 404 404 404 404 404 404 404 ok",
    "sign_out": BY_SESSION, "confirm_session": BY_SESSION, "change_password": BY_SESSION, "make_token": BY_SESSION,
    # open: the link or the code is the key
    "set_up": BY_SESSION, "sign_in": BY_SESSION, "look_at_link": BY_SESSION, "accept_invitation": BY_SESSION, "use_reset": BY_SESSION,
    "join": BY_SESSION,
}  # fmt: skip
ELSEWHERE = {
    "visit_home": EVERYBODY, "preview_text": EVERYBODY, "search": EVERYBODY, "list_boards": EVERYBODY, "list_templates": EVERYBODY, "list_initiatives": EVERYBODY, "list_groups": EVERYBODY, "make_initiative": STAFF,
    "read_room": READ_BOARD, "read_events": READ_BOARD, "undo_op": HIDDEN, "read_import": HIDDEN, "map_people": HIDDEN,
}  # fmt: skip
NOTIFICATIONS = {
    "list_notices": EVERYBODY, "read_notices": EVERYBODY, "read_notice_settings": EVERYBODY, "change_notice_settings": EVERYBODY,
    "read_notice": OWN, "unread_notice": OWN,
}  # fmt: skip
MATRIX = {**BOARDS, **DISCUSSIONS, **INITIATIVES, **PEOPLE, **NOTIFICATIONS, **ELSEWHERE}

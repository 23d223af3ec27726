"""What is read of an export, by name; everything else is passed over unbuilt, whatever its shape.

``True`` picks a single value, a dict an object's fields, a list each element of an array. Exports of different years have 25 to 38 keys at the top:
none is required.
"""

from typing import Any

Pick = Any

_PERSON = {"id": True, "fullName": True, "username": True, "email": True}
_ITEM = {"id": True, "name": True, "pos": True, "state": True, "due": True, "idMember": True}
_CHECKLIST = {"id": True, "idCard": True, "name": True, "pos": True, "checkItems": [_ITEM]}
_LABEL = {"id": True, "name": True, "color": True}
_FIELD_VALUE = {
    "idCustomField": True,
    "idValue": True,
    "value": {"text": True, "number": True, "date": True, "checked": True},
}

#: single values at the top
BOARD: dict[str, Pick] = {"id": True, "name": True, "desc": True, "url": True, "labelNames": {}}

#: arrays at the top, element by element
COLLECTIONS: dict[str, Pick] = {
    "lists": {"id": True, "name": True, "closed": True, "pos": True, "softLimit": True},
    "labels": _LABEL,
    "members": _PERSON,
    "checklists": _CHECKLIST,
    "customFields": {
        "id": True,
        "name": True,
        "type": True,
        "pos": True,
        "options": [{"id": True, "value": {"text": True}}],
    },
    "cards": {
        "id": True,
        "idList": True,
        "name": True,
        "desc": True,
        "closed": True,
        "pos": True,
        "start": True,
        "due": True,
        "dueComplete": True,
        "dateCompleted": True,
        "dateLastActivity": True,
        "isTemplate": True,
        "cardRole": True,
        "idShort": True,
        "url": True,
        "shortUrl": True,
        "idLabels": [True],
        "labels": [_LABEL],
        "idMembers": [True],
        "idMembersVoted": [True],
        "idChecklists": [True],
        "checklists": [_CHECKLIST],
        "idAttachmentCover": True,
        "cover": {"idAttachment": True, "color": True},
        "badges": {"comments": True, "attachments": True},
        "attachments": [
            {
                "id": True,
                "name": True,
                "url": True,
                "isUpload": True,
                "date": True,
                "idMember": True,
                "pos": True,
                "bytes": True,
            }
        ],
        "customFieldItems": [_FIELD_VALUE],
        "stickers": [{"id": True}],
        "locationName": True,
        "address": True,
    },
    "actions": {
        "id": True,
        "type": True,
        "date": True,
        "idMemberCreator": True,
        "memberCreator": _PERSON,
        "data": {
            "text": True,
            "dateLastEdited": True,
            "idOriginalCommenter": True,
            "card": {"id": True, "name": True, "closed": True, "dueComplete": True},
            "old": {"closed": True, "dueComplete": True},
            "checkItem": {"id": True, "state": True},
        },
    },
}

"""What the API document gives as an example is accepted as it stands."""

from board.core import api


def test_every_example_is_valid(app):
    with app.app_context():
        bodies = [operation.body for part, operation in api.operations() if part == "people" and operation.body]
    assert len(bodies) > 15
    for body in bodies:
        for example in body.model_config["json_schema_extra"]["examples"]:
            body.model_validate(example)

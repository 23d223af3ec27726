"""Writes a new migration by comparing the models with a fresh database at the newest one. For developers; see bin/migration."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import create_engine

from board import create_app
from board.config import Config
from board.core import migrate


def main(what: str) -> None:
    versions = sorted((migrate.FOLDER / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))
    number = f"{len(versions) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        create_app(Config.load(data=folder, testing=True))
        config = AlembicConfig()
        config.set_main_option("script_location", str(migrate.FOLDER))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with create_engine(f"sqlite:///{folder}/fresh.db").connect() as connection:
            config.attributes["connection"] = connection
            if versions:
                command.upgrade(config, "head")
            slug = re.sub(r"[^a-z0-9]+", "_", what.lower()).strip("_")
            written = command.revision(config, message=what, autogenerate=True, rev_id=number)
    path = Path(written.path)  # type: ignore[union-attr]
    final = path.with_name(f"{number}_{slug}.py")
    path.rename(final)
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(final)], check=False)
    subprocess.run([sys.executable, "-m", "ruff", "check", "--fix", "--quiet", str(final)], check=False)
    print(f"{final}: read it before you commit it; collations and partial indexes need a look.")


if __name__ == "__main__":
    main(sys.argv[1])

"""`make demo`: plays a whole round through the services, without a server, in a database of its own."""

import shutil
import subprocess
import sys

from scripts.install import PYTHON, ROOT, install, var_directory
from scripts.run import embedded_environment


def main() -> int:
    env = embedded_environment("http://127.0.0.1:8000")
    install(env=env, database=False)
    place = var_directory(env) / "demo"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    env |= {"DATABASE_URL": f"sqlite:///{place / 'portal.sqlite3'}", "FILES_DIR": str(place / "files")}
    for command in (["migrate", "--noinput", "--verbosity=0"], ["demo", *sys.argv[1:]]):
        status = subprocess.run([PYTHON, "manage.py", *command], cwd=ROOT, env=env, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())

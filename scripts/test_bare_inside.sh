#!/bin/sh
# The part of test_bare.sh that runs inside the bare root, as process 1 of its namespace.
set -eu
cd /srv/main
port=8123
patience=${PATIENCE:-1}

answers() {
    python3 -c "import sys, urllib.request; sys.exit(urllib.request.urlopen('http://127.0.0.1:$port/', timeout=5).status != 200)" 2>/dev/null
}

processes() {
    # Everything alive but this shell and its own children of the moment: a process without a command line is a zombie.
    for status in /proc/[0-9]*; do
        pid=${status#/proc/}
        if [ "$pid" = 1 ] || [ "$pid" = $$ ]; then continue; fi
        if command=$(tr '\0' ' ' <"$status/cmdline" 2>/dev/null) && [ -n "$command" ]; then
            case $command in *inside.sh*|"tr "*) ;; *) echo "$pid $command" ;; esac
        fi
    done
}

start_and_stop() {
    began=$(date +%s)
    # A session of its own, as a terminal gives it: Ctrl-C signals the whole foreground group, make included.
    python3 -c 'import os, signal, sys; os.setsid(); signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])' \
        make run PORT=$port >/tmp/run.log 2>&1 &
    group=$!
    until answers && grep -q '^Ready' /tmp/run.log; do
        if ! kill -0 $group 2>/dev/null || [ $(($(date +%s) - began)) -gt "$1" ]; then
            cat /tmp/run.log
            echo "make run did not answer within $1 s"
            exit 1
        fi
        sleep 1
    done
    echo "make run answered after $(($(date +%s) - began)) s (at most $1)"
    kill -INT -$group
    status=0
    wait $group || status=$?
    left=$(processes)
    tail -n 25 /tmp/run.log
    if [ -n "$left" ]; then
        echo "Left after Ctrl-C:"
        echo "$left"
        exit 1
    fi
    echo "Ctrl-C ended it (make's status $status); no process is left"
}

case " $STEPS " in *" run "*)
    echo "== make run, first start"
    start_and_stop $((300 * patience))
    echo "== make run, second start"
    start_and_stop $((10 * patience))
    ;;
esac
case " $STEPS " in *" test "*)
    echo "== make test"
    make test
    left=$(processes)
    if [ -n "$left" ]; then
        echo "Left after make test:"
        echo "$left"
        exit 1
    fi
    ;;
esac

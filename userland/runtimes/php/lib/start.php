<?php
// Before every script: the shell's working directory, which WASI has no word for.
chdir(getenv('PWD') ?: '/');
define('STDOUT', fopen('php://output', 'w'));

ROLLBACK TO request
